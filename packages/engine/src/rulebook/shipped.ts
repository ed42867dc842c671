/**
 * @module shipped — the rulebooks that come with the engine, each a JSON file under `rules/rulebooks`.
 *
 * A file is loaded when it is asked for. A new rulebook is its file and a line here.
 */
import { EngineError } from "../errors.ts";
import { completeRulebook } from "./complete.ts";
import type { Rulebook, RulebookFile } from "./rulebook.ts";
import { rulebookName } from "./rulebook.ts";

/** JSON is read with wider types than it has; a test checks every file against the schema. */
type Loaded = Promise<Readonly<{ default: unknown }>>;

const loaders = {
  national: (): Loaded => import("../rules/rulebooks/national.json", { with: { type: "json" } }),
  shandong: (): Loaded => import("../rules/rulebooks/shandong.json", { with: { type: "json" } }),
  qingdao: (): Loaded => import("../rules/rulebooks/qingdao.json", { with: { type: "json" } }),
  linyi: (): Loaded => import("../rules/rulebooks/linyi.json", { with: { type: "json" } }),
  shanghai: (): Loaded => import("../rules/rulebooks/shanghai.json", { with: { type: "json" } }),
  beijing: (): Loaded => import("../rules/rulebooks/beijing.json", { with: { type: "json" } }),
  zhejiang: (): Loaded => import("../rules/rulebooks/zhejiang.json", { with: { type: "json" } }),
  chongqing: (): Loaded => import("../rules/rulebooks/chongqing.json", { with: { type: "json" } }),
  henan: (): Loaded => import("../rules/rulebooks/henan.json", { with: { type: "json" } }),
  chizhou: (): Loaded => import("../rules/rulebooks/chizhou.json", { with: { type: "json" } }),
  elsewhere: (): Loaded => import("../rules/rulebooks/elsewhere.json", { with: { type: "json" } }),
} as const satisfies Readonly<Record<string, () => Loaded>>;

/** The ids of the rulebooks that come with the engine. */
export type ShippedRulebook = keyof typeof loaders;

/** All of them, those that the others extend first. */
export const shippedRulebooks = Object.keys(loaders) as readonly ShippedRulebook[];

const isShipped = (id: string): id is ShippedRulebook => Object.hasOwn(loaders, id);

/** The file as it stands, before it is completed with what it extends. */
export const shippedFile = async (id: ShippedRulebook): Promise<RulebookFile> =>
  (await loaders[id]()).default as RulebookFile;

/**
 * A rulebook that comes with the engine, complete, by its id (`shandong`) or name (`shandong@2017`).
 * @throws EngineError `NOT_FOUND`
 */
export const shippedRulebook = async (name: string): Promise<Rulebook> => {
  const [id = ""] = name.split("@");
  const rulebook = isShipped(id) ? await completed(id) : undefined;
  if (rulebook === undefined || (name !== id && rulebookName(rulebook) !== name)) {
    throw new EngineError("NOT_FOUND", { what: "rulebook", name });
  }
  return rulebook;
};

const completed = async (id: ShippedRulebook): Promise<Rulebook> => {
  const file = await shippedFile(id);
  const parent = file.extends === undefined ? undefined : await shippedRulebook(file.extends);
  return completeRulebook(file, parent);
};
