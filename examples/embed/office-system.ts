/**
 * @module office-system — an office system (OA) on top of Wuding: from a letter to a due date.
 *
 * `node dist/office-system.js [FILE]`; without a file it makes `office.db` where it is started.
 */
import { isEngineError } from "@wuding/engine";
import { openCasebook } from "@wuding/store";

const casebook = await openCasebook(process.argv[2] ?? "office.db", {
  create: true,
  office: "某市大数据局",
  actor: { id: "oa", org: "office" },
});

// A letter has come in. With a command id a second delivery of the same letter records nothing.
const { case: id } = await casebook.execute({
  command: "receive",
  kind: "cppcc",
  session: "十五届五次",
  number: 122,
  title: "关于改进政务信息化建设的建议",
  proposers: ["李楠"],
  dispatchedOn: "2021-04-02",
  on: "2021-04-02",
  commandId: "oa-letter-4711",
});
console.log(`received ${id}`);

// A form from the screen, of unknown shape and half filled in: the refusal says what is missing.
const form = { department: "规划科", person: "经办人甲", due: "2021-06-20" };
try {
  await casebook.executeGiven({ command: "assign", case: id, ...form, on: "2021-04-06" });
} catch (error) {
  if (!isEngineError(error, "INCOMPLETE_ASSIGNMENT")) throw error;
  console.log(`refused, missing ${error.data.missing.join(" and ")}: ${error.sentence.zh}`);
  const rest = { task: "答复", responsibility: "规划科科长负总责" };
  await casebook.execute({ command: "assign", case: id, ...form, ...rest, on: "2021-04-06" });
}

// What falls due in the next 60 days, most urgent first, with the article it comes from.
const { due } = await casebook.due({ today: "2021-06-01", withinDays: 60 });
for (const { dueOn, deadline, person, workingDaysLeft } of due) {
  console.log(`${dueOn} ${deadline} ${person}, ${workingDaysLeft} working days left`);
}

// Every event after a position, then each new one as it is recorded, by whichever program.
const handled = -1; // kept by the office system; -1 begins with the first event
for await (const event of casebook.subscribe(handled)) {
  console.log(`${event.globalPosition} ${event.type} ${event.stream ?? "log"}`);
  if (event.type === "CaseAssigned") break; // a real system goes on; see the signal of subscribe
}

await casebook.close();
