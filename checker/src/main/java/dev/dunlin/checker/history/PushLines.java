package dev.dunlin.checker.history;

/**
 * Receives what happens to notifications, to write it as evidence. Called from any thread; must not
 * block for long.
 */
public interface PushLines {
    /** An acknowledged message. */
    void message(PushMessage message);

    /** The end of an edit or a deletion, with or without an acknowledgement. */
    void revision(Revision revision);

    /** The beginning of an attempt to move a read mark. */
    void reading(Reading reading);

    /** The end of a call of the provider. */
    void call(PushCall call);
}
