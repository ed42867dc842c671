/** @module examples — one line for each recording command that can be pasted; shown by its help. */
import type { CommandName } from "@wuding/engine";

/** The tests run them in this order on one casebook. */
export const examples: Readonly<Partial<Record<CommandName, string>>> = {
  receive:
    "wuding receive --kind cppcc --session 15-5 --number 122 --title 关于改进政务信息化建设的建议 --proposer 李楠 --proposer 王兰 --dispatched-on 2021-04-02 --on 2021-04-02",
  "sign-receipt": "wuding sign-receipt 122 --by 办公室值班员 --on 2021-04-02",
  "request-return": "wuding request-return 122 --reason 不属于本单位职责 --on 2021-04-06",
  "decide-return": "wuding decide-return 122 --decision refused --by 市政府督查室 --on 2021-04-08",
  assign:
    "wuding assign 122 --department 规划科 --person 经办人甲 --due 2021-06-20 --task 书面答复并面商 --responsibility 规划科科长负总责 --on 2021-04-09",
  reassign:
    "wuding reassign 122 --department 规划科 --person 经办人乙 --due 2021-06-20 --task 书面答复并面商 --responsibility 规划科科长负总责 --reason 人员调整 --co-department 信息科 --on 2021-04-12",
  redispatch:
    "wuding redispatch 122 --unit 市大数据局 --by 市政府督查室 --reason 事项涉及多个单位，由我单位主办 --role lead --on 2021-04-13",
  contact:
    "wuding contact 122 --mode visit --phase during --participant 李楠:proposer --summary 就两项建议交换意见 --on 2021-05-10",
  "waive-contact": "wuding waive-contact 122 --reason 提案人来电表示已充分沟通 --on 2021-05-11",
  extend:
    "wuding extend 122 --months 1 --approved-by 市政协提案委 --reason 需会商相关单位 --on 2021-05-12",
  "withdraw-extension":
    "wuding withdraw-extension 122 --by 市政协提案委 --reason 会商已经完成 --on 2021-05-14",
  "mark-complex":
    "wuding mark-complex 122 --by 市政协提案委 --reason 涉及面广、处理难度大 --on 2021-05-17",
  urge: "wuding urge 122 --by 市政府督查室 --reason 请报送办理进展 --method notice --slip blue --due 2021-05-28 --on 2021-05-18",
  "request-opinion":
    "wuding request-opinion 122 --unit 信息科 --text 请说明数据汇聚情况 --due 2021-05-25 --on 2021-05-12",
  "record-opinion":
    "wuding record-opinion 122 --unit 信息科 --text 年内可汇聚目录200项 --on 2021-05-20",
  "return-opinion":
    "wuding return-opinion 122 --unit 信息科 --defect empty --reason 请写明完成时限 --on 2021-05-21",
  draft: "wuding draft 122 --result A --text 答复拟稿 --on 2021-06-01",
  review: "wuding review 122 --decision approved --by 办公室主任 --as 办公室主任 --on 2021-06-03",
  sign: "wuding sign 122 --by 局长 --as 办公室主任 --on 2021-06-08",
  progress: "wuding progress 122 --summary 已完成初稿，正在征求意见 --on 2021-05-20",
  answer:
    "wuding answer 122 --result A --delivered-to 李楠 --contact-phone 0539-8720001 --document-number 临大数据字〔2021〕1号 --signed-by 局长 --disclosure full --commitment 年内汇聚数据目录200项@2021-11-30 --on 2021-06-15",
  deliver: "wuding deliver 122 --proposer 王兰 --channel 邮寄 --on 2021-06-16",
  "submit-opinion": "wuding submit-opinion 130 --text 我单位意见如下 --on 2021-05-20",
  "remind-feedback": "wuding remind-feedback 122 --channel 电话 --on 2021-06-20",
  "expire-feedback": "wuding expire-feedback 122 --reason 催收后仍未收回 --on 2021-06-24",
  feedback: "wuding feedback 122 --attitude satisfied --result satisfied --on 2021-06-25",
  publish:
    "wuding publish 122 --catalogue 政协提案办理结果 --url https://www.example.gov.cn/122 --on 2021-06-28",
  unpublish: "wuding unpublish 122 --reason 内容有误，更正后重新公开 --on 2021-06-29",
  disclose: "wuding disclose 122 --disclosure summary --reason 其中含商业信息 --on 2021-06-30",
  "follow-up": "wuding follow-up 122 --outcome 已电话回访，进展顺利 --mode phone --on 2021-09-10",
  commit: "wuding commit 122 --text 开放数据接口10个 --due 2021-12-20 --on 2021-09-10",
  "change-commitment":
    "wuding change-commitment 122 --commitment 2 --due 2022-03-31 --approved-by 局长 --reason 接口标准尚待发布 --on 2021-11-10",
  fulfil: "wuding fulfil 122 --commitment 1 --evidence 目录已发布220项 --on 2021-11-20",
  verify: "wuding verify 122 --commitment 1 --as 督查员 --on 2021-11-25",
  "reply-again":
    "wuding reply-again 122 --commitment 1 --document-number 临大数据函〔2021〕8号 --on 2021-11-26",
  "look-back":
    "wuding look-back 122 --finding 目录已对外开放 --standing kept --campaign 2021年度承诺事项回头看 --on 2021-11-28",
  "report-status": "wuding report-status 122 --summary 承诺事项两项，已兑现一项 --on 2021-11-30",
  escalate: "wuding escalate 131 --by 市政协提案委 --outcome 召开协商会后再答复 --on 2021-09-20",
  reclassify: "wuding reclassify 131 --result A --reason 事项已经落实 --on 2021-11-30",
  close: "wuding close 122 --on 2021-12-01",
  reopen: "wuding reopen 122 --reason 提案人补充新情况 --on 2021-12-10",
  rehandle: "wuding rehandle 122 --ordered-by 市政协提案委 --reason 民主评议不满意 --on 2021-12-12",
  retract: "wuding retract 122 --event 40 --reason 重复记录 --on 2021-12-13",
  amend:
    "wuding amend 122 title=关于加强政务信息化建设的建议 --reason 案由录入有误 --on 2021-12-14",
  withdraw: "wuding withdraw 122 --reason 提案人书面撤回 --on 2021-12-15",
  merge: "wuding merge 141 --into 140 --reason 内容相同，并案办理 --on 2021-04-12",
  split:
    "wuding split 140 --number 240 --request 2 --title 关于开放数据接口的建议 --reason 分由两个科室办理 --on 2021-04-13",
  forget:
    "wuding forget 122 contactPhone --reason 联系人来函要求删除 --approved-by 办公室主任 --on 2021-12-20",
  delegate: "wuding delegate --from 经办人甲 --to 经办人乙 --until 2021-12-31 --on 2021-12-20",
  "rename-department":
    "wuding rename-department --from 规划科 --to 综合规划与应用科 --on 2021-12-31",
  "adjust-clock": "wuding adjust-clock --reason 服务器时间被误设为明年 --approved-by 办公室主任",
};
