package dev.dunlin.connection.catchup;

/**
 * An event of a log as clients get it.
 *
 * @param frame not copied: nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // the same bytes go to every link
public record LoggedFrame(long seq, byte[] frame) {}
