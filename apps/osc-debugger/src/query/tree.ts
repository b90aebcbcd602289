import { choiceAddresses, flatAddress, oscTags, toUnit, unit } from "@vj/schema";
import type { OscAddress, OscArgument, OscTable } from "@vj/schema";
import type { OscValue } from "@vj/telemetry";

/** One node of the OSCQuery tree, as JSON. */
export interface QueryNode {
  readonly FULL_PATH: string;
  CONTENTS?: Record<string, QueryNode>;
  TYPE?: string;
  /** 1: it can be read only. 0: it has no value of its own. */
  ACCESS: 0 | 1;
  DESCRIPTION?: string;
  RANGE?: { readonly MIN?: number; readonly MAX?: number }[];
  UNIT?: string[];
  VALUE?: OscValue[];
}

/** The newest values of an address; undefined while none has come. */
export type ValuesOf = (address: string) => readonly OscValue[] | undefined;

/**
 * The addresses of tables as a tree for OSCQuery: one float 0–1 an address (the flat shape), and the packed messages where no flat
 * address has the same name.
 */
export function queryTree(tables: readonly OscTable[], valuesOf: ValuesOf): QueryNode {
  const root: QueryNode = { FULL_PATH: "/", ACCESS: 0, CONTENTS: noContents(), DESCRIPTION: "What the workers of this rig send" };
  for (const table of tables) {
    for (const [address, definition] of Object.entries(table)) {
      for (const [index, argument] of definition.args.entries()) {
        const value = valuesOf(address)?.[index];
        placeFlat(open(root, flatAddress(address, argument)), argument, definition.description, value);
        for (const [choice, at] of choiceAddresses(address, argument)) {
          placeFlat(open(root, at), unit(choice), definition.description, typeof value === "string" ? Number(value === choice) : undefined);
        }
      }
    }
  }
  for (const table of tables) {
    for (const [address, definition] of Object.entries(table)) placePacked(root, address, definition, valuesOf);
  }
  return root;
}

/** The node of an address; undefined when there is none. */
export function nodeAt(root: QueryNode, address: string): QueryNode | undefined {
  let node: QueryNode | undefined = root;
  for (const part of partsOf(address)) node = node?.CONTENTS !== undefined && Object.hasOwn(node.CONTENTS, part) ? node.CONTENTS[part] : undefined;
  return node;
}

function placeFlat(node: QueryNode, argument: OscArgument, description: string, value: OscValue | undefined): void {
  if (node.TYPE !== undefined) return;
  const isText = argument.tag === "s";
  node.ACCESS = 1;
  node.TYPE = isText ? "s" : "f";
  node.DESCRIPTION = `${description} (${argument.name})`;
  if (!isText) node.RANGE = [{ MIN: 0, MAX: 1 }];
  if (value !== undefined && hasType(argument, value)) node.VALUE = [typeof value === "number" ? toUnit(argument, value) : value];
}

/** Whether a value is of the type that is named beside it: any program may send to the port. */
function hasType({ tag }: OscArgument, value: OscValue): boolean {
  return tag === "s" ? typeof value === "string" : Number.isFinite(value);
}

function placePacked(root: QueryNode, address: string, definition: OscAddress, valuesOf: ValuesOf): void {
  const node = open(root, address);
  const tags = oscTags(definition).replaceAll(/[[\]]/g, "");
  if (node.TYPE !== undefined) {
    node.DESCRIPTION = `${node.DESCRIPTION ?? ""}; packed: ${tags}`;
    return;
  }
  const values = valuesOf(address);
  node.ACCESS = 1;
  node.TYPE = tags;
  node.DESCRIPTION = definition.description;
  node.RANGE = definition.args.map(({ min, max }) => ({ ...(min === undefined ? {} : { MIN: min }), ...(max === undefined ? {} : { MAX: max }) }));
  if (definition.args.some(({ unit }) => unit !== undefined)) node.UNIT = definition.args.map(({ unit = "" }) => unit);
  if (values !== undefined && haveTypes(definition, values)) node.VALUE = [...values];
}

function haveTypes({ args }: OscAddress, values: readonly OscValue[]): boolean {
  return values.length <= args.length && args.every((argument, index) => {
    const value = values[index];
    return value === undefined ? argument.optional === true : hasType(argument, value);
  });
}

/** The node of an address; creates it and those above it. */
function open(root: QueryNode, address: string): QueryNode {
  let node = root;
  for (const part of partsOf(address)) {
    const contents = (node.CONTENTS ??= noContents());
    node = contents[part] ??= { FULL_PATH: `${node === root ? "" : node.FULL_PATH}/${part}`, ACCESS: 0 };
  }
  return node;
}

function partsOf(address: string): string[] {
  return address.split("/").filter((part) => part !== "");
}

/** Without a prototype: an address may have a part called "constructor". */
function noContents(): Record<string, QueryNode> {
  return Object.create(null);
}
