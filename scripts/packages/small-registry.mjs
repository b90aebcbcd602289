// `node scripts/packages/small-registry.mjs -l 127.0.0.1:PORT`: a registry in memory for packages that need nothing but each other. It
// needs no network and nothing installed, takes the options of verdaccio that registry.mjs gives, and ignores the others.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { z } from "zod";

const { values } = parseArgs({ options: { listen: { type: "string", short: "l", default: "127.0.0.1:4873" }, config: { type: "string", short: "c" } } });
const url = `http://${values.listen}/`;

const versions = z.record(z.string(), z.looseObject({ dist: z.looseObject({ tarball: z.string() }) }));
/** What `npm publish` sends: one version, and its tarball in base64. */
const publishedSchema = z.looseObject({ name: z.string(), versions, _attachments: z.record(z.string(), z.object({ data: z.string() })) });

/** What is answered, by its place. @type {Map<string, string | Uint8Array>} */
const answers = new Map([["-/ping", "{}"]]);

/** @param {unknown} body */
function publish(body) {
  const { _attachments, ...described } = publishedSchema.parse(body);
  const place = `${described.name}/-/package.tgz`;
  for (const one of Object.values(described.versions)) one.dist.tarball = url + place;
  answers.set(described.name, JSON.stringify(described));
  for (const { data } of Object.values(_attachments)) answers.set(place, Buffer.from(data, "base64"));
}

const server = createServer(async (request, response) => {
  const place = decodeURIComponent(request.url ?? "/").slice(1);
  if (request.method !== "PUT") return response.writeHead(answers.has(place) ? 200 : 404).end(answers.get(place) ?? "{}");
  try {
    publish(await json(request));
    return response.writeHead(201).end("{}");
  } catch (error) {
    return response.writeHead(400).end(JSON.stringify({ error: String(error) }));
  }
});
server.listen(Number(new URL(url).port), "127.0.0.1");
