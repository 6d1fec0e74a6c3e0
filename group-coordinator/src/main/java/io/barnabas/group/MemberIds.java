package io.barnabas.group;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes member ids: the client's name or instance id, and something unique. */
final class MemberIds {
    private final RandomGenerator random;

    MemberIds(RandomGenerator random) {
        this.random = random;
    }

    /** @param instanceId null for a dynamic member */
    String next(String clientId, String instanceId) {
        return (instanceId == null ? clientId : instanceId) + "-" + randomUuid();
    }

    private UUID randomUuid() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
