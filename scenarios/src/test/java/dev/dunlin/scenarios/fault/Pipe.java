package dev.dunlin.scenarios.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one link: a thread that reads, a bounded queue of what is on its way, and a
 * thread that writes.
 */
final class Pipe {
    private static final int CHUNK = 4096;
    private static final int CHUNKS = 16;
    private static final Parcel END = new Parcel(new byte[0], 0);

    private final ProxiedLink link;
    private final Direction direction;
    private final Socket from;
    private final Socket to;
    private final Supplier<Weather> weather;
    private final Random random;
    private final BlockingQueue<Parcel> way = new ArrayBlockingQueue<>(CHUNKS);
    private final AtomicReference<@Nullable Blow> blow = new AtomicReference<>();
    private volatile boolean swallowing;

    /** Bytes that go on when they are due; none at the end. */
    private static final class Parcel {
        private final byte[] bytes;
        private final long due;

        Parcel(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }

        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    Pipe(ProxiedLink link, Direction direction, Socket from, Socket to, Supplier<Weather> weather, Random random) {
        this.link = link;
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.weather = weather;
        this.random = random;
    }

    void start() {
        Thread.ofVirtual().name("proxy reads " + direction).start(this::read);
        Thread.ofVirtual().name("proxy writes " + direction).start(this::write);
    }

    /**
     * From now on everything is taken and nothing passed on, not even the end. A stream with a hole
     * is never whole again.
     */
    void swallow() {
        swallowing = true;
    }

    void strike(Blow once) {
        blow.set(once);
    }

    private void read() {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[CHUNK];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!swallowing) {
                    way.put(new Parcel(Arrays.copyOf(buffer, count), System.nanoTime() + delay(weather.get())));
                }
            }
            link.ended(direction, false);
            if (!swallowing) {
                way.put(END);
            }
        } catch (IOException e) {
            link.ended(direction, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            OutputStream out = to.getOutputStream();
            for (Parcel parcel = next(); !parcel.isEnd(); parcel = next()) {
                rest(parcel.due - System.nanoTime());
                Blow once = blow.getAndSet(null);
                if (swallowing) {
                    continue;
                }
                pass(out, once == null ? parcel.bytes : changed(parcel.bytes, once));
                if (once != null && once != Blow.CORRUPT) {
                    link.close(once == Blow.HALVE_AND_RESET);
                    return;
                }
            }
            to.shutdownOutput();
            link.passedEnd();
        } catch (IOException e) {
            link.broken();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next of what is on its way; the end when the link is closed. */
    private Parcel next() throws InterruptedException {
        Parcel parcel = way.poll(1, TimeUnit.SECONDS);
        while (parcel == null && !to.isClosed()) {
            parcel = way.poll(1, TimeUnit.SECONDS);
        }
        return parcel == null ? END : parcel;
    }

    private void pass(OutputStream out, byte[] bytes) throws IOException, InterruptedException {
        Weather now = weather.get();
        int slice = now.bytesPerSecond() == 0 ? now.slice() : Math.min(now.slice(), CHUNK / 4);
        for (int sent = 0; sent < bytes.length && !swallowing; sent += slice) {
            int count = Math.min(slice, bytes.length - sent);
            out.write(bytes, sent, count);
            int bytesPerSecond = weather.get().bytesPerSecond(); // it may have cleared up meanwhile
            if (bytesPerSecond > 0) {
                rest(count * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
            }
        }
    }

    private static byte[] changed(byte[] bytes, Blow what) {
        return switch (what) {
            case HALVE_AND_END, HALVE_AND_RESET -> Arrays.copyOf(bytes, bytes.length / 2);
            case CORRUPT -> {
                byte[] other = bytes.clone();
                other[other.length - 1] ^= (byte) 0x80;
                yield other;
            }
        };
    }

    private long delay(Weather now) {
        long jitter = now.jitter().toNanos();
        return now.latency().toNanos() + (jitter == 0 ? 0 : random.nextLong(jitter));
    }

    private static void rest(long nanos) throws InterruptedException {
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }
}
