/**
 * @module guards — the rules that may forbid a fact although the lifecycle has an arrow for it.
 *
 * Each has a name, which is permanent, a sentence for the one who is refused, where it stands, and what
 * would repair it. A guard sees only the case, the fact, who records it, the case's rulebook and what is
 * known of the office. They lie in `guards/`, a file for each road of the work.
 */
import type { Label } from "../case/terms.ts";
import { afterwardsGuards } from "./guards/afterwards.ts";
import { deliveryGuards } from "./guards/delivery.ts";
import { draftingGuards } from "./guards/drafting.ts";
import { assignmentGuards } from "./guards/assignment.ts";
import { dueDateGuards } from "./guards/due-dates.ts";
import { feedbackGuards } from "./guards/feedback.ts";
import { forgettingGuards } from "./guards/forgetting.ts";
import { joiningGuards } from "./guards/joining.ts";
import { officeGuards } from "./guards/office.ts";
import { opinionsGuards } from "./guards/opinions.ts";
import { orderGuards } from "./guards/order.ts";
import { promisesGuards } from "./guards/promises.ts";
import { publishingGuards } from "./guards/publishing.ts";
import { receptionGuards } from "./guards/reception.ts";
import { redispatchGuards } from "./guards/redispatch.ts";
import { replyGuards } from "./guards/reply.ts";
import { correctionGuards } from "./guards/corrections.ts";
import { roundsGuards } from "./guards/rounds.ts";
import { urgingGuards } from "./guards/urging.ts";
import type { Guard, GuardInput } from "./guards/guard.ts";

export type { GuardInput } from "./guards/guard.ts";

export const guards = {
  ...orderGuards,
  ...receptionGuards,
  ...opinionsGuards,
  ...draftingGuards,
  ...redispatchGuards,
  ...assignmentGuards,
  ...replyGuards,
  ...deliveryGuards,
  ...publishingGuards,
  ...feedbackGuards,
  ...roundsGuards,
  ...dueDateGuards,
  ...urgingGuards,
  ...promisesGuards,
  ...correctionGuards,
  ...afterwardsGuards,
  ...joiningGuards,
  ...officeGuards,
  ...forgettingGuards,
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof guards;

/** Why a guard forbids, with the figures of this refusal. */
export const whyOfGuard = (name: GuardName, input: GuardInput): Label => {
  const { why, told }: Guard = guards[name];
  return told?.(input) ?? why;
};

/** The source of a guard for a given refusal. */
export const sourceOfGuard = (name: GuardName, input: GuardInput): Label => {
  const { source }: Guard = guards[name];
  return typeof source === "function" ? source(input) : source;
};

/** What would repair a given refusal. */
export const repairOfGuard = (name: GuardName, input: GuardInput): Label => {
  const { repair, advised }: Guard = guards[name];
  return advised?.(input) ?? repair;
};
