import { createMemoryStore } from "@wuding/engine/memory";
import { describeStoreContract } from "@wuding/engine/testing";

describeStoreContract("the store in memory", createMemoryStore);
