package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;

/**
 * Receives what happens, to write it as evidence. Called from any thread; must not block for long.
 */
public interface HistoryLines {
    /** The end of a publish. */
    void publish(Publish publish);

    /** A removal, once the user is about to be added again. */
    void removal(Removal removal);

    /** Something that a guest received. */
    void overheard(Overheard overheard);

    /** A step of an observer. */
    void step(Observer observer, ChannelName channel, Step step);
}
