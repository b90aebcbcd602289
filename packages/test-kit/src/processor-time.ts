/** Processor time that this process used during a task, ms. Unlike time by the clock it does not grow when other programs keep the machine busy. */
export async function processorTime(task: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await task();
  return process.cpuUsage(before).user / 1000;
}
