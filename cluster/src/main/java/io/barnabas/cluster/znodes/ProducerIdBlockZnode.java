package io.barnabas.cluster.znodes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest block of producer ids, /latest_producer_id_block.
 *
 * @param brokerId whom it was given to
 * @param lastId inclusive
 */
public record ProducerIdBlockZnode(int brokerId, long firstId, long lastId) {
    public static final int LENGTH = 1000;

    public byte[] bytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("broker", brokerId);
        json.put("block_start", Long.toString(firstId));
        json.put("block_end", Long.toString(lastId));
        return Json.bytes(json);
    }

    public static ProducerIdBlockZnode first(int brokerId) {
        return new ProducerIdBlockZnode(brokerId, 0, LENGTH - 1);
    }

    /** The block after this one. */
    public ProducerIdBlockZnode next(int brokerId) {
        return new ProducerIdBlockZnode(brokerId, lastId + 1, lastId + LENGTH);
    }

    /** Empty where no block was given out yet. */
    public static Optional<ProducerIdBlockZnode> parse(byte[] bytes) {
        return Json.object(bytes)
                .map(json -> new ProducerIdBlockZnode(
                        Json.intAt(json, "broker", -1),
                        Long.parseLong(json.get("block_start").toString()),
                        Long.parseLong(json.get("block_end").toString())));
    }
}
