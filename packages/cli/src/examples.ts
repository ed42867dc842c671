/** @module examples — one line for each recording command that can be pasted; shown by its help. */
import type { CommandName } from "@wuding/engine";

/** The tests run them in this order on one casebook. */
export const examples: Readonly<Partial<Record<CommandName, string>>> = {
  receive:
    "wuding receive --kind cppcc --session 15-5 --number 122 --title 关于改进政务信息化建设的建议 --proposer 李楠 --dispatched-on 2021-04-02 --on 2021-04-02",
  "request-return": "wuding request-return 122 --reason 不属于本单位职责 --on 2021-04-06",
  "decide-return": "wuding decide-return 122 --decision refused --by 市政府督查室 --on 2021-04-08",
  assign:
    "wuding assign 122 --department 规划科 --person 经办人甲 --due 2021-06-20 --task 书面答复并面商 --responsibility 规划科科长负总责 --on 2021-04-09",
  reassign:
    "wuding reassign 122 --department 规划科 --person 经办人乙 --due 2021-06-20 --task 书面答复并面商 --responsibility 规划科科长负总责 --reason 人员调整 --on 2021-04-12",
  contact:
    "wuding contact 122 --mode visit --phase during --participant 李楠:proposer --summary 就两项建议交换意见 --on 2021-05-10",
  "waive-contact": "wuding waive-contact 122 --reason 提案人来电表示已充分沟通 --on 2021-05-11",
  extend:
    "wuding extend 122 --months 1 --approved-by 市政协提案委 --reason 需会商相关单位 --on 2021-05-12",
  answer:
    "wuding answer 122 --result A --document-number 临大数据字〔2021〕1号 --signed-by 局长 --disclosure full --commitment 年内汇聚数据目录200项@2021-11-30 --on 2021-06-15",
  "submit-opinion": "wuding submit-opinion 130 --text 我单位意见如下 --on 2021-05-20",
  "remind-feedback": "wuding remind-feedback 122 --channel 电话 --on 2021-06-20",
  "expire-feedback": "wuding expire-feedback 122 --reason 催收后仍未收回 --on 2021-06-24",
  feedback: "wuding feedback 122 --attitude satisfied --result satisfied --on 2021-06-25",
  publish:
    "wuding publish 122 --catalogue 政协提案办理结果 --url https://www.example.gov.cn/122 --on 2021-06-28",
  unpublish: "wuding unpublish 122 --reason 内容有误，更正后重新公开 --on 2021-06-29",
  "follow-up": "wuding follow-up 122 --outcome 已电话回访，进展顺利 --mode phone --on 2021-09-10",
  commit: "wuding commit 122 --text 开放数据接口10个 --due 2021-12-20 --on 2021-09-10",
  fulfil: "wuding fulfil 122 --commitment 1 --evidence 目录已发布220项 --on 2021-11-20",
  verify: "wuding verify 122 --commitment 1 --as 督查员 --on 2021-11-25",
  close: "wuding close 122 --on 2021-12-01",
  reopen: "wuding reopen 122 --reason 提案人补充新情况 --on 2021-12-10",
  rehandle: "wuding rehandle 122 --ordered-by 市政协提案委 --reason 民主评议不满意 --on 2021-12-12",
  withdraw: "wuding withdraw 122 --reason 提案人书面撤回 --on 2021-12-15",
};
