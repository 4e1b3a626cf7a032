-- joined: the seq of a member's own member_joined, 0 for those who are there from the creation, or from before this migration.
-- blocks: whether a member of a direct channel blocks the other.
alter table member add column joined bigint not null default 0, add column blocks boolean not null default false;
create index member_blocks on member (channel) where blocks;

-- Whose mention it is: those of users that the mentioned one blocks do not count.
alter table mention add column sender text collate "C";

-- Whom users block. since is milliseconds since 1970.
create table block (
  user_id text collate "C" not null,
  blocked text collate "C" not null,
  since bigint not null,
  primary key (user_id, blocked)
);
