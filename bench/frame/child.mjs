/**
 * @module child — the process of one contender. `turns.mjs` forks it and tells it when its turn is, so
 * that nobody's heap, cache or open statement is another one's burden.
 */
import process from "node:process";

const [module, name, given] = process.argv.slice(2);

const answer = (told) => process.send(told);
const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

const peakMb = () => process.resourceUsage().maxRSS / 1024; // of the system, in KiB

/** Takes a turn, or ends. */
const obey = async (contender, told) => {
  if (told === "end") {
    await contender.end?.();
    process.exit(0);
  }
  return { value: await contender.round(told), peakMb: peakMb() };
};

try {
  const { contenders } = await import(module);
  const contender = await contenders[name](JSON.parse(given));
  process.on("message", (told) => {
    obey(contender, told).then(answer, (error) => answer({ reason: reasonOf(error) }));
  });
  // whoever asked has gone
  process.on("disconnect", () => process.exit(0));
  answer({ ready: true });
} catch (error) {
  answer({ reason: reasonOf(error) });
  process.disconnect();
}
