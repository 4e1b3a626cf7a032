-- A writer changes a channel only as it was when it was loaded. If it counts fewer rows changed than it meant to change, another process has written meanwhile: nothing of
-- the transaction may stay.
create function log_fence(meant bigint, changed bigint) returns boolean language plpgsql as $$
begin
  if meant <> changed then
    raise exception sqlstate 'DN001' using message = 'a channel was changed by another process';
  end if;
  return true;
end
$$;

-- Each batch updates the rows of its channels in place: room for that in the page keeps them out of the indexes.
alter table channel set (fillfactor = 70);
