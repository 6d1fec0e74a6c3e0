package io.barnabas.cluster.znodes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who leads a partition and who is in sync, /brokers/topics/T/partitions/P/state. The version of the node is the
 * partition epoch.
 *
 * @param leader -1 for none
 * @param recovering whether the leader was elected although it was not in sync, and has not yet said that it is ready
 */
public record PartitionStateZnode(
        int leader, int leaderEpoch, List<Integer> isr, boolean recovering, int controllerEpoch) {

    public static final int NO_LEADER = -1;

    public byte[] bytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("controller_epoch", controllerEpoch);
        json.put("leader", leader);
        json.put("version", 1);
        if (recovering) {
            json.put("leader_recovery_state", 1);
        }
        json.put("leader_epoch", leaderEpoch);
        json.put("isr", isr);
        return Json.bytes(json);
    }

    /** Empty where the bytes are no such state. */
    public static Optional<PartitionStateZnode> parse(byte[] bytes) {
        return Json.object(bytes)
                .filter(json -> json.containsKey("leader") && json.containsKey("leader_epoch"))
                .map(json -> new PartitionStateZnode(
                        Json.intAt(json, "leader", NO_LEADER),
                        Json.intAt(json, "leader_epoch", 0),
                        Json.intsAt(json, "isr"),
                        Json.intAt(json, "leader_recovery_state", 0) == 1,
                        Json.intAt(json, "controller_epoch", 0)));
    }
}
