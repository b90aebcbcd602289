import type { ManagerConfig } from "./config.ts";

/** The settings that determine which workers should run. */
export type Intent = Pick<ManagerConfig, "enabled" | "disabled" | "stopped">;

/** Whether a worker is enabled. @param byDefault the default of its package. */
export function isEnabled(intent: Intent, name: string, byDefault: boolean): boolean {
  if (intent.disabled.includes(name)) return false;
  return byDefault || intent.enabled.includes(name);
}

/** Whether the manager starts it automatically: enabled, and not stopped by request. */
export function startsByItself(intent: Intent, name: string, byDefault: boolean): boolean {
  return isEnabled(intent, name, byDefault) && !intent.stopped.includes(name);
}

/** The intent after a human's start: the worker is enabled. */
export function afterStart(intent: Intent, name: string, byDefault: boolean): Intent {
  return {
    enabled: byDefault ? intent.enabled : [...without(intent.enabled, name), name],
    disabled: without(intent.disabled, name),
    stopped: without(intent.stopped, name),
  };
}

/** The intent after a human's stop: the worker stays enabled, but stopped. */
export function afterStop(intent: Intent, name: string): Pick<Intent, "stopped"> {
  return { stopped: [...without(intent.stopped, name), name] };
}

function without(names: readonly string[], name: string): string[] {
  return names.filter((other) => other !== name);
}
