interface Mutant {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

/** The part of Vite's plugin interface that is used here. */
export interface MutantPlugin {
  readonly name: string;
  readonly enforce: "pre";
  transform(code: string, id: string): string | undefined;
}

/** Changes one source file as it is loaded, if `VJ_MUTANT` is set: for `pnpm mutate`. */
export function mutantPlugins(env: NodeJS.ProcessEnv = process.env): MutantPlugin[] {
  const text = env["VJ_MUTANT"];
  if (text === undefined || text === "") return [];
  const { file, start, end, to }: Mutant = JSON.parse(text);
  return [
    {
      name: "vj-mutant",
      enforce: "pre",
      transform: (code, id) => (id.split("?")[0] === file ? code.slice(0, start) + to + code.slice(end) : undefined),
    },
  ];
}
