package dev.dunlin.checker.history;

/**
 * Receives what happens to presence, to write it as evidence. Called from any thread; must not
 * block for long.
 */
public interface PresenceLines {
    /** A link, or the change of its session between active and away; once it is over. */
    void link(OpenLink link);

    /** The end of a request over REST. */
    void answer(PresenceAnswer answer);

    /** A status that a watcher received. */
    void notice(PresenceNotice notice);
}
