/**
 * @module compiled-statements — the SQL of every statement, as Kysely compiles it.
 *
 * `npm run statements` writes this file; nobody else does. `:name` is a gap.
 */
export const compiledStatements = {
  addToTally: `insert into "projection_tally" ("projection", "key", "count") values (:projection, :key, :count) on conflict ("projection", "key") do update set "count" = "projection_tally"."count" + "excluded"."count" returning "count"`,
  bytesAfter: `
select seq, ifnull(cast(body as blob), x'') as body, ifnull(cast(leaf as blob), x'') as leaf,
  case_id as "caseId", case_seq as "caseSeq", type, recorded_at as "recordedAt"
from event not indexed where seq > :after order by seq limit :limit`,
  casesAfter: `select "case_id" from "event" where "case_seq" = 1 and "case_id" > :after order by "case_id" limit :limit`,
  casesEnding: `select "case_id" from "event" where "case_seq" = 1 and substr(case_id, -length(:ending)) = :ending order by "case_id" limit :limit`,
  casesMentioning: `
select distinct case_id from event
where case_id is not null and body like :pattern escape '!' order by case_id`,
  casesNumbered: `select "case_id" from "event" where "case_seq" = 1 and substr(case_id, length(rtrim(case_id, replace(case_id, '/', ''))) + 1) = :number and substr(case_id, -length(:ending)) = :ending order by "case_id" limit :limit`,
  checkpointAt: `select "size" from "checkpoint" where "size" = :size`,
  checkpointsAfter: `select "size", "note" from "checkpoint" where "size" > :after order by "size" limit :limit`,
  commandRow: `select "request_hash", "first_seq", "last_seq" from "command" where "cmd" = :commandId`,
  commandsAfter: `
select rowid as place, cmd as "commandId", first_seq as "first", last_seq as "last"
from command not indexed where rowid > :after order by rowid limit :limit`,
  cosignaturesAt: `select "line" from "cosignature" where "size" = :size order by "line"`,
  countOfCases: `
select count(*) as count from event indexed by event_by_case_number where case_seq = 1`,
  countOfCheckpoints: `select count(*) as count from checkpoint`,
  countOfLogEvents: `select count(*) as "count" from "event" where "case_id" is null`,
  countsOfRows: `
select projection, count(*) as count from projection_row indexed by projection_row_in_order
group by projection order by projection`,
  countsOfTallies: `
select projection, count(*) as count from projection_tally group by projection order by projection`,
  deletePersonal: `delete from "personal" where "seal" = :seal`,
  deleteVersion: `delete from "projection_meta"`,
  eventCount: `select count(*) as events from event`,
  eventsAfter: `select "body", lower(hex(leaf)) as "leaf" from "event" where "seq" > :after order by "seq" limit :limit`,
  eventsBetween: `select "body", lower(hex(leaf)) as "leaf" from "event" where "seq" >= :first and "seq" <= :last order by "seq"`,
  eventsOfCase: `select "body", lower(hex(leaf)) as "leaf" from "event" where "case_id" = :stream order by "case_seq"`,
  eventsOfLog: `select "body", lower(hex(leaf)) as "leaf" from "event" where "case_id" is null order by "seq"`,
  fileOf: `select "bytes" from "file" where "sha256" = :sha256`,
  filesAfter: `select "sha256", "size" from "file" where "sha256" > :after order by "sha256" limit :limit`,
  foreignKeyCheck: `select "table" from pragma_foreign_key_check`,
  insertCheckpoint: `insert into "checkpoint" ("size", "note") values (:size, :note) on conflict do nothing`,
  insertCommand: `insert into "command" ("cmd", "request_hash", "first_seq", "last_seq") values (:cmd, :request_hash, :first_seq, :last_seq)`,
  insertCosignature: `insert into "cosignature" ("size", "line") values (:size, :line) on conflict do nothing`,
  insertEvent: `insert into "event" ("seq", "case_id", "case_seq", "type", "recorded_at", "body", "leaf") values (:seq, :case_id, :case_seq, :type, :recorded_at, :body, :leaf)`,
  insertNode: `insert into "node" ("level", "idx", "hash") values (:level, :idx, :hash)`,
  insertVersion: `insert into "projection_meta" ("version") values (:version)`,
  integrityCheck: `select integrity_check as said from pragma_integrity_check limit 20`,
  keepFile: `insert into "file" ("sha256", "size", "bytes") values (:sha256, :size, :bytes) on conflict do nothing`,
  keepPersonal: `insert into "personal" ("seal", "salt", "value") values (:seal, :salt, :value) on conflict do nothing`,
  lastCheckpoint: `select "size", "note" from "checkpoint" order by "size" desc limit 1`,
  lastCommand: `select max(rowid) as place from command`,
  lastEvent: `select "seq", "leaf", "recorded_at" from "event" order by "seq" desc limit 1`,
  lastOfCase: `select "case_seq", "leaf" from "event" where "case_id" = :stream order by "case_seq" desc limit 1`,
  lastPosition: `select "seq" from "event" order by "seq" desc limit 1`,
  leafAt: `select "leaf" as "hash" from "event" where "seq" = :seq`,
  misnamedParts: `
select name from sqlite_schema where typeof(type) || typeof(name) || typeof(tbl_name) <> 'texttexttext'
  or typeof(sql) not in ('text', 'null') or case
  when type not in ('table', 'index', 'trigger') then 1
  when sql is null then type <> 'index' or name not glob 'sqlite_autoindex_' || tbl_name || '_[0-9]'
  when type = 'table' then name <> tbl_name or instr(sql, 'CREATE TABLE ' || name || '(') <> 1
  else instr(sql, 'CREATE ' || upper(type) || ' ' || name || ' ') <> 1
    or instr(sql, ' ON ' || tbl_name) = 0
end`,
  nodeAt: `select "hash" from "node" where "level" = :level and "idx" = :idx`,
  nodesAfter: `select "hash" from "node" where "level" = :level and "idx" > :after order by "idx" limit :limit`,
  personalAfter: `select "seal", "salt", "value" from "personal" where "seal" > :after order by "seal" limit :limit`,
  personalOf: `select "seal", "salt", "value" from "personal" where "seal" = :seal`,
  putRow: `insert into "projection_row" ("projection", "stream", "key", "sort", "body") values (:projection, :stream, :key, :sort, :body) on conflict ("projection", "stream", "key") do update set "sort" = "excluded"."sort", "body" = "excluded"."body"`,
  recordedAtPlace: `select "recorded_at" as "recordedAt" from "event" where "seq" = :seq`,
  removeRow: `delete from "projection_row" where "projection" = :projection and "stream" = :stream and "key" = :key`,
  removeTally: `delete from "projection_tally" where "projection" = :projection and "key" = :key`,
  rows: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection order by sort, "stream", "key" limit :limit`,
  rows_after: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and (sort, stream, key) > (:afterSort, :afterStream, :afterKey) order by sort, "stream", "key" limit :limit`,
  rows_sortFrom: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and sort >= :sortFrom order by sort, "stream", "key" limit :limit`,
  rows_sortFrom_after: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and sort >= :sortFrom and (sort, stream, key) > (:afterSort, :afterStream, :afterKey) order by sort, "stream", "key" limit :limit`,
  rows_sortFrom_sortTo: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and sort >= :sortFrom and sort <= :sortTo order by sort, "stream", "key" limit :limit`,
  rows_sortFrom_sortTo_after: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and sort >= :sortFrom and sort <= :sortTo and (sort, stream, key) > (:afterSort, :afterStream, :afterKey) order by sort, "stream", "key" limit :limit`,
  rows_sortTo: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and sort <= :sortTo order by sort, "stream", "key" limit :limit`,
  rows_sortTo_after: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and sort <= :sortTo and (sort, stream, key) > (:afterSort, :afterStream, :afterKey) order by sort, "stream", "key" limit :limit`,
  rows_stream: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and "stream" = :stream order by +sort, "stream", "key" limit :limit`,
  rows_stream_after: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and "stream" = :stream and (+sort, stream, key) > (:afterSort, :afterStream, :afterKey) order by +sort, "stream", "key" limit :limit`,
  rows_stream_sortFrom: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and "stream" = :stream and +sort >= :sortFrom order by +sort, "stream", "key" limit :limit`,
  rows_stream_sortFrom_after: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and "stream" = :stream and +sort >= :sortFrom and (+sort, stream, key) > (:afterSort, :afterStream, :afterKey) order by +sort, "stream", "key" limit :limit`,
  rows_stream_sortFrom_sortTo: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and "stream" = :stream and +sort >= :sortFrom and +sort <= :sortTo order by +sort, "stream", "key" limit :limit`,
  rows_stream_sortFrom_sortTo_after: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and "stream" = :stream and +sort >= :sortFrom and +sort <= :sortTo and (+sort, stream, key) > (:afterSort, :afterStream, :afterKey) order by +sort, "stream", "key" limit :limit`,
  rows_stream_sortTo: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and "stream" = :stream and +sort <= :sortTo order by +sort, "stream", "key" limit :limit`,
  rows_stream_sortTo_after: `select "stream", "key", "sort", "body" from "projection_row" where "projection" = :projection and "stream" = :stream and +sort <= :sortTo and (+sort, stream, key) > (:afterSort, :afterStream, :afterKey) order by +sort, "stream", "key" limit :limit`,
  schemaText: `select sql from sqlite_schema where sql is not null and substr(name, 1, 7) <> 'sqlite_'`,
  sqliteVersion: `select sqlite_version() as version`,
  talliesOf: `select "key", "count" from "projection_tally" where "projection" = :projection order by "key"`,
  typesOfSample: `
with recursive place(at) as (
  select 0 where 0 < :events
  union all select at + :step from place where at + :step < :events)
select event.type, count(*) as count, sum(octet_length(event.body)) as bytes
from place cross join event on event.seq = place.at group by event.type order by 2 desc, 1`,
  version: `select sqlite_version() as version`,
  versionOfCase: `select "case_seq" as "version" from "event" where "case_id" = :stream order by "case_seq" desc limit 1`,
  versionOfProjections: `select "version" from "projection_meta"`,
  versionOfRows: `select "version" from "projection_meta"`,
} as const;
