-- The owners of a channel, of whom there are few: whether one who leaves is the only one.
create index member_owner on member (channel) where role = 'owner';
