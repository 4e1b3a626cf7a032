package dev.dunlin.push.endpoint;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses belong to the public internet. Excluded are the special-purpose registries of RFC
 * 6890 (as IANA keeps them) and multicast addresses. Of IPv6 only 2000::/3 is public, without its
 * ranges for embedded IPv4 addresses (6to4, Teredo), documentation and benchmarking.
 */
final class PublicAddresses {
    private static final List<Range> NOT_PUBLIC_4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");
    private static final Range GLOBAL_6 = range("2000::/3");
    private static final List<Range> NOT_PUBLIC_6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    /** Whether the service may connect to the address on behalf of a user. */
    static boolean contain(InetAddress address) {
        return switch (address) {
            case Inet4Address v4 -> NOT_PUBLIC_4.stream().noneMatch(range -> range.contains(v4));
            case Inet6Address v6 ->
                GLOBAL_6.contains(v6) && NOT_PUBLIC_6.stream().noneMatch(range -> range.contains(v6));
            default -> false;
        };
    }

    private static List<Range> ranges(String... texts) {
        return List.of(texts).stream().map(PublicAddresses::range).toList();
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        byte[] network = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        return new Range(network, Integer.parseInt(text.substring(slash + 1)));
    }

    /**
     * Holds bytes instead of an {@link InetAddress}: a native image keeps these constants, and may
     * keep no address.
     */
    private static final class Range {
        private final byte[] network;
        private final int bits;

        Range(byte[] network, int bits) {
            this.network = network;
            this.bits = bits;
        }

        boolean contains(InetAddress address) {
            byte[] other = address.getAddress();
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((network[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return network.length == other.length;
        }
    }
}
