package dev.dunlin.edge.rate;

import dev.dunlin.protocol.http.ListHeader;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.List;

/** Where a request comes from, as it is counted. Thread-safe. */
public final class ClientAddress {
    private static final int LONGEST = 64;
    private static final int IPV6_BYTES = 16;
    /** A network of IPv6: one customer has at least that. */
    private static final int NETWORK_BYTES = 8;

    private final boolean forwardedFor;

    /** {@code forwardedFor}: whether a gateway says in {@code X-Forwarded-For} where a request comes from. */
    public ClientAddress(boolean forwardedFor) {
        this.forwardedFor = forwardedFor;
    }

    /** The address; of IPv6 the /64 network, because one client has all of it. */
    public String of(HttpServerRequest request) {
        List<String> forwarded =
                forwardedFor ? ListHeader.elements(request.headers().getAll("X-Forwarded-For")) : List.of();
        // The last one is what the gateway itself saw; those before it are what the client says.
        return counted(forwarded.isEmpty() ? request.remoteAddress().hostAddress() : forwarded.getLast());
    }

    static String counted(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes != null && bytes.length == IPV6_BYTES) {
            return HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) + "/64";
        }
        return address.length() <= LONGEST ? address : address.substring(0, LONGEST);
    }
}
