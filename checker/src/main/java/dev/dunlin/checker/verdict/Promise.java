package dev.dunlin.checker.verdict;

/**
 * The promises that a check verifies, which are the columns of a verdict; {@code docs/protocol.md}
 * section 8.
 */
public enum Promise {
    LOST("lost acked events"),
    DUPLICATE("duplicates"),
    REORDERED("reordering"),
    HOLE("holes"),
    TWO_ON_ONE_SEQ("two events on one seq"),
    WRONG_SENDER("wrong sender"),
    CHANGED_CONTENT("changed content"),
    PHANTOM("phantom events"),
    HEARD_AFTER_REMOVAL("heard after removal"),
    WRONG_PRESENCE("wrong presence at the end"),
    CALLED_OFFLINE("online called offline"),
    WATCH_DIFFERS("watch differs from REST"),
    UNKNOWN_AT_END("unknown at the end"),
    NOT_NOTIFIED("offline and not notified"),
    NOTIFIED_ONLINE("online and notified"),
    GONE_NOTIFIED("gone and notified again"),
    STALE_NOTIFIED("notified of old content");

    private final String text;

    Promise(String text) {
        this.text = text;
    }

    /** The name of a violation. */
    public String text() {
        return text;
    }
}
