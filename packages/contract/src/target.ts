import type { TargetView } from "./target-view.ts";

/** One receiver of telemetry, with its preset applied. */
export interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly enabled: boolean;
  /** Left out: everything, as the table has it. */
  readonly view?: TargetView;
}

/** Targets when none are configured. */
export const defaultTargets: readonly Target[] = [{ name: "default", host: "127.0.0.1", port: 9000, enabled: true }];
