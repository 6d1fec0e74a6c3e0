package io.barnabas.log.producer;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;

/**
 * Producers about whose transaction a partition is asking, or has asked without having had a batch since. Guarded by
 * the partition's lock.
 */
final class VerifiedProducers {
    /** Null until there is one: most partitions never see a transaction. */
    private LongObjectMap<Verification> verifications;

    Verification begin(long producerId, short epoch, int sequence, long nowMs) {
        if (verifications == null) {
            verifications = new LongObjectHashMap<>(4);
        }
        Verification known = verifications.get(producerId);
        if (known == null) {
            known = new Verification(epoch, sequence, nowMs);
            verifications.put(producerId, known);
        } else {
            known.tried(epoch, sequence);
        }
        return known;
    }

    /** @param shown by whoever wants to append, or null */
    boolean isValid(long producerId, Verification shown) {
        return shown == Verification.NOT_NEEDED
                || shown != null && verifications != null && shown == verifications.get(producerId);
    }

    /** Its transaction has begun here, or another one may begin. */
    void end(long producerId) {
        if (verifications != null) {
            verifications.remove(producerId);
        }
    }

    /** The questions of a log that ends. */
    void takeOver(VerifiedProducers former) {
        verifications = former.verifications;
    }

    void removeOlderThan(long ms) {
        if (verifications != null) {
            verifications.values().removeIf(verification -> verification.beganMs() < ms);
        }
    }
}
