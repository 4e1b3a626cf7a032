package dev.dunlin.message.postgres;

/**
 * How much a user has not read of a channel: parts of a query over a channel {@code c} and the
 * user's mark {@code k}, each count by one scan of an index.
 */
final class Unread {
    /** {@code read_seq}, {@code unread} and {@code mentioned}. */
    static final String COLUMNS =
            "coalesce(k.read_seq, 0) as read_seq, unread.events as unread, unread.mentions as mentioned";

    private Unread() {}

    /**
     * To be joined; {@code user} is the user in terms of the query. What retention has removed is
     * neither counted nor taken off.
     */
    static String join(String user) {
        return " cross join lateral (select greatest(coalesce(k.read_seq, 0), c.first - 1) as seq) base"
                + " cross join lateral (select"
                + " c.head - base.seq - (select count(*) from event mine where mine.author = "
                + user
                + " and mine.channel = c.name and mine.seq > base.seq) as events,"
                + " (select count(*) from mention n where n.user_id = " + user
                + " and n.channel = c.name and n.seq > base.seq and not exists (select 1 from block b"
                + " where b.user_id = n.user_id and b.blocked = n.sender)) as mentions) unread";
    }
}
