import { describeStoreContract } from "@wuding/engine/testing";
import { openStore } from "../src/index.ts";
import { newFile } from "./given-files.ts";

describeStoreContract("the SQLite store", ({ clock, ids, origin }) =>
  openStore(newFile(), { clock, ids, origin, create: true }),
);
