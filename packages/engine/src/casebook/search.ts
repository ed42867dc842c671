/**
 * @module search — cases by words in their titles, requests, texts, replies and promises.
 *
 * The store names the cases whose events mention every word; each is folded and looked at again, because
 * an event may mention a word elsewhere, or say what has been corrected since.
 */
import type { CaseId } from "../case/case-id.ts";
import type { CaseState } from "../case/state.ts";
import type { Label, Status } from "../case/terms.ts";
import { invalidInput } from "../errors.ts";
import { canonicalString } from "../log/canonical-json.ts";
import type { LogReader } from "../ports/event-store.ts";
import type { Scope } from "../projections/scope.ts";
import { isInScope, scopeOf } from "../projections/scope.ts";
import type { Excerpt } from "../text/searching.ts";
import { excerptOf, searchable, spellingsOf, wordsOf } from "../text/searching.ts";
import type { Reader } from "./reader.ts";
import { byName, caseAt } from "./reader.ts";

/** Where in a case a word was found, the weightiest place first. */
export const searchPlaces = {
  title: { zh: "标题", en: "title" },
  request: { zh: "诉求", en: "request" },
  text: { zh: "原文", en: "text" },
  reply: { zh: "答复", en: "reply" },
  commitment: { zh: "承诺", en: "promise" },
} as const satisfies Record<string, Label>;
export type SearchPlace = keyof typeof searchPlaces;

/** A word in a case: the place that tells most, and what stands around it. */
export type SearchHit = Readonly<{ word: string; in: SearchPlace; excerpt: Excerpt }>;

export type FoundCase = Readonly<{
  case: CaseId;
  title: string;
  status: Status;
  year: number;
  department: string | null;
  /** One for each word. */
  hits: readonly SearchHit[];
}>;

export type SearchResult = Readonly<{ words: readonly string[]; found: readonly FoundCase[] }>;

/**
 * Cases in which every word is found; words in titles first, then the newest.
 * @throws EngineError `INVALID_INPUT` for a question without a word
 */
export const searchCases = async (
  reader: Reader,
  question: string,
  scope: Scope,
): Promise<SearchResult> => {
  const words = wordsOf(question);
  if (words.length === 0) throw invalidInput({ field: "WORDS", kind: "missing" });
  const found: Readonly<{ one: FoundCase; weight: number }>[] = [];
  for (const id of await candidates(reader.store, words)) {
    const state = await caseAt(reader)(id);
    if (state === null) continue;
    const own = scopeOf(state);
    if (!isInScope(own, scope)) continue;
    const hits = words.flatMap((word) => hitIn(state, word) ?? []);
    if (hits.length < words.length) continue;
    const one = {
      case: id,
      title: state.received.title,
      status: own.status,
      year: own.year,
      department: own.department,
      hits,
    };
    found.push({ one, weight: Math.min(...hits.map((hit) => weights[hit.in])) });
  }
  found.sort(
    (left, right) =>
      right.weight - left.weight ||
      right.one.year - left.one.year ||
      byName(left.one.case, right.one.case),
  );
  return { words, found: found.map(({ one }) => one) };
};

const weights: Readonly<Record<SearchPlace, number>> = {
  title: 5,
  request: 4,
  text: 3,
  reply: 2,
  commitment: 1,
};

/** Cases whose events mention every word, in some spelling of it. */
const candidates = async (
  store: Pick<LogReader, "streamsMentioning">,
  words: readonly string[],
): Promise<readonly CaseId[]> => {
  let left: readonly CaseId[] | undefined;
  for (const word of words) {
    const mentioning = new Set<CaseId>();
    // half a surrogate pair, cut off by whoever asks: no text of the log has one
    if (/\p{Surrogate}/u.test(word)) return [];
    for (const spelling of spellingsOf(word)) {
      // as the text stands in the bytes of an event, without the quotes around it
      const written = canonicalString(spelling).slice(1, -1);
      for (const id of await store.streamsMentioning(written)) mentioning.add(id);
    }
    left = left === undefined ? [...mentioning] : left.filter((id) => mentioning.has(id));
    if (left.length === 0) break;
  }
  return left ?? [];
};

const hitIn = (state: CaseState, word: string): SearchHit | undefined => {
  for (const [place, text] of textsOf(state)) {
    if (!searchable(text).includes(word)) continue;
    const excerpt = excerptOf(text, word);
    if (excerpt !== undefined) return { word, in: place, excerpt };
  }
  return undefined;
};

/** What is searched of a case, the weightiest first. */
const textsOf = ({
  received,
  replies,
  commitments,
}: CaseState): readonly (readonly [SearchPlace, string])[] => [
  ["title", received.title],
  ...(received.requests ?? []).map((one) => ["request", one] as const),
  ...(received.text === undefined ? [] : [["text", received.text] as const]),
  ...replies
    .toReversed()
    .flatMap(({ text }) => (text === undefined || text === null ? [] : [["reply", text] as const])),
  ...commitments.map(({ text }) => ["commitment", text] as const),
];
