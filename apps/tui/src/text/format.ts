const pad = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** Time of day, `12:04:19`. @param epochMs epoch milliseconds */
export function clock(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? "--:--:--" : `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** Duration: `02:14:10`, from a day on `3d 02:14`. @param seconds not negative */
export function uptime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor(whole / 3600) % 24;
  const minutes = Math.floor(whole / 60) % 60;
  return days > 0 ? `${days}d ${pad(hours)}:${pad(minutes)}` : `${pad(hours)}:${pad(minutes)}:${pad(whole % 60)}`;
}

/** Position in a song, `1:42`. */
export function songTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  return `${Math.floor(whole / 60)}:${pad(whole % 60)}`;
}

/** Age: `0.4 s`, `12 s`, `3 min`, `2 h`, `4 d`. */
export function age(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

/** Whole seconds until something, never negative: `4 s`. */
export function countdown(ms: number): string {
  return `${Math.max(0, Math.ceil(ms / 1000))} s`;
}

/** A number with separated thousands: `48 211`. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, " ");
}

/** A rate: `60.0`, from 100 on `186`. */
export function rate(value: number): string {
  return value >= 99.95 ? String(Math.round(value)) : value.toFixed(1);
}

/** Any foreign value on one line: texts unchanged, the rest as JSON. */
export function plainValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Math.round(value * 1000) / 1000);
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "–");
}
