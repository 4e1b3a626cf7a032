package dev.dunlin.edge.rate;

import dev.dunlin.protocol.http.ListHeader;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client address that a request counts for. Thread-safe. */
public final class ClientAddress {
    private static final int LONGEST = 64;
    /** A /64 network of IPv6, the least that one customer has. */
    private static final int NETWORK_BYTES = 8;

    /** An IPv4 address, or an IPv6 one in brackets, with a port. */
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+|\\[[^]]*]):[0-9]{1,5}");

    private final boolean forwardedFor;

    /**
     * {@code forwardedFor}: whether a gateway writes the client's address to
     * {@code X-Forwarded-For}.
     */
    public ClientAddress(boolean forwardedFor) {
        this.forwardedFor = forwardedFor;
    }

    /**
     * Returns the IPv4 address, or the /64 network of an IPv6 address: one client has all of it.
     */
    public String of(HttpServerRequest request) {
        List<String> forwarded =
                forwardedFor ? ListHeader.elements(request.headers().getAll("X-Forwarded-For")) : List.of();
        // The gateway appends the address that it saw; the client may have sent the others.
        return counted(forwarded.isEmpty() ? request.remoteAddress().hostAddress() : forwarded.getLast());
    }

    /**
     * The key of an address. Some gateways append the client's port, which changes with each
     * connection; others write IPv4 as {@code ::ffff:192.0.2.1}, which all share one /64 network.
     */
    static String counted(String address) {
        Matcher withPort = WITH_PORT.matcher(address);
        String host = withPort.matches() ? withPort.group(1) : address;
        InetAddress parsed = NetUtil.createInetAddressFromIpAddressString(host);
        if (parsed instanceof Inet4Address) {
            return parsed.getHostAddress();
        }
        if (parsed != null) {
            return HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES) + "/64";
        }
        return address.length() <= LONGEST ? address : address.substring(0, LONGEST);
    }
}
