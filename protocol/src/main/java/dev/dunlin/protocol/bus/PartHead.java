package dev.dunlin.protocol.bus;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the part of one node of a channel's presence contains: a value of
 * {@link RedisKeys#channelParts}.
 *
 * @param n the number of the newest {@link ChannelPart} in it
 * @param users how many users are there with links of the node
 * @param links how many links they have there
 */
public record PartHead(long n, int users, int links) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}) ([0-9]{1,9}) ([0-9]{1,9})");

    /** As Redis keeps it: the three numbers, with spaces between. */
    public String text() {
        return n + " " + users + " " + links;
    }

    /** Empty for any other text. */
    public static Optional<PartHead> read(String text) {
        Matcher read = TEXT.matcher(text);
        return read.matches()
                ? Optional.of(new PartHead(
                        Long.parseLong(read.group(1)),
                        Integer.parseInt(read.group(2)),
                        Integer.parseInt(read.group(3))))
                : Optional.empty();
    }
}
