import fc from "fast-check";

const { VJ_PROPERTY_SEED: seed = "1" } = process.env;
// The same cases in each run: a change is not stopped by a rare case of another part. `VJ_PROPERTY_SEED=random`
// looks for those.
fc.configureGlobal({ ...(seed === "random" ? {} : { seed: Number(seed) }) });

export { fc };
