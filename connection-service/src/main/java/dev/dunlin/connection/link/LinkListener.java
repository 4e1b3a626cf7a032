package dev.dunlin.connection.link;

/** What hears of a link that clients write to. On the link's loop. */
public interface LinkListener {
    /** A whole message. */
    void received(byte[] utf8);

    /** A message of so many bytes, too long to be kept. */
    void tooLarge(int bytes);

    /** Something of the transport's own that costs a little, as a ping does. Returns whether it may be answered. */
    boolean control();

    /** The client takes more of what it is sent. */
    void writable();

    /** The link is gone; a second call does nothing. */
    void left();
}
