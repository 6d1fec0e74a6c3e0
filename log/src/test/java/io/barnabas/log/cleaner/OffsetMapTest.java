package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetMapTest {
    private static ByteBuffer key(int number) {
        return ByteBuffer.wrap(("key " + number).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void remembersTheLastOffsetOfEachKeyAsAHashMapDoes() {
        Seeds.forEach(50, random -> {
            int slots = random.nextInt(2, 400);
            OffsetMap map = new OffsetMap((long) slots * OffsetMap.SLOT_BYTES, random.nextDouble(0.1, 1.0));
            Map<Integer, Long> model = new HashMap<>();
            for (int round = 0; round < 2; round++) {
                map.clear();
                model.clear();
                for (long offset = 0; !map.isFull() && offset < 2_000; offset++) {
                    int key = random.nextInt(300);
                    map.put(key(key), offset);
                    model.put(key, offset);
                }
                assertThat(map.keys()).isEqualTo(model.size());
                for (int key = 0; key < 300; key++) {
                    assertThat(map.lastOffset(key(key))).isEqualTo(model.getOrDefault(key, OffsetMap.UNKNOWN));
                }
            }
        });
    }

    @Test
    void takesNoMoreKeysThanItsLoadFactorAllows() {
        OffsetMap map = new OffsetMap(100 * 24, 0.9);
        int keys = 0;
        while (!map.isFull()) {
            map.put(key(keys++), keys);
        }
        assertThat(map.slots()).isEqualTo(100);
        assertThat(keys).isEqualTo(90);
    }

    @Test
    void hasRoomForAsManyKeysAsItsSizeWasReckonedFor() {
        for (int keys = 0; keys < 1_000; keys += 37) {
            OffsetMap map = new OffsetMap(OffsetMap.bytesFor(keys, 0.9), 0.9);
            for (int i = 0; i < keys; i++) {
                assertThat(map.isFull()).isFalse();
                map.put(key(i), i);
            }
        }
    }
}
