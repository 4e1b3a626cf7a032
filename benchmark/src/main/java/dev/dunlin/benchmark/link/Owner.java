package dev.dunlin.benchmark.link;

import dev.dunlin.benchmark.process.Histogram;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whose class the bytes of a heap belong to. */
enum Owner {
    NETTY("Netty"),
    VERTX("Vert.x, Quarkus"),
    DUNLIN("Dunlin"),
    OTHER("JDK and others");

    private final String title;

    Owner(String title) {
        this.title = title;
    }

    /** As the table and the chart call it. */
    String title() {
        return title;
    }

    /** Of a class as {@code jcmd} names it: arrays as {@code [Lio.netty.X;}. */
    static Owner of(String type) {
        String name = type.replaceFirst("^\\[+L?", "");
        if (name.startsWith("io.netty.")) {
            return NETTY;
        }
        if (name.startsWith("io.vertx.") || name.startsWith("io.quarkus.") || name.startsWith("io.smallrye.")) {
            return VERTX;
        }
        return name.startsWith("dev.dunlin.") ? DUNLIN : OTHER;
    }

    /** Bytes by owner's title that one heap has more than another, for each of {@code things}. */
    static Map<String, Double> more(Histogram all, Histogram than, int things) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (Owner owner : values()) {
            bytes.put(owner.title, Math.max(0, (sum(all, owner) - sum(than, owner)) / (double) things));
        }
        return bytes;
    }

    private static long sum(Histogram of, Owner owner) {
        return of.bytes().entrySet().stream()
                .filter(entry -> of(entry.getKey()) == owner)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
