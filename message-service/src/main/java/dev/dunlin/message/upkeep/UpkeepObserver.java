package dev.dunlin.message.upkeep;

/** Sees what the background does, for metrics. Must not block or throw. */
public interface UpkeepObserver {
    /** So many events were removed because they are not retained any more. */
    void expired(int events);

    /**
     * Channels were removed because nobody had written to them; {@code channels} is their number.
     */
    void unwritten(int channels);

    /** The last row of a deleted channel was removed. */
    void purged();

    /** {@code messages} of earlier versions remain to be indexed again. */
    void toIndexAgain(long messages);

    /** A user was erased. */
    void erased();

    /** A round failed and is retried. */
    void failed();
}
