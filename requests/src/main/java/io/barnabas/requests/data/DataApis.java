package io.barnabas.requests.data;

import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Versions;
import io.barnabas.wire.ApiKey;

/** Registers the APIs of the data path. */
public final class DataApis {
    private DataApis() {}

    public static void register(ApiRegistry registry, DataPorts ports) {
        PartitionLookup lookup = new PartitionLookup(ports.replicas(), ports.metadata());
        registry.pipelined(ApiKey.PRODUCE, Versions.of(0, 13), produce(lookup, ports));
        registry.deferred(ApiKey.FETCH, Versions.of(0, 18), fetch(lookup, ports));
        registry.deferred(
                ApiKey.LIST_OFFSETS,
                Versions.of(0, 11),
                new ListOffsetsHandler(
                        new OffsetQuery(lookup),
                        new OldStyleOffsetQuery(lookup, ports.clock()),
                        ports.authorizer(),
                        ports.metrics(),
                        ports.diskIo()));
        registry.deferred(
                ApiKey.DELETE_RECORDS,
                Versions.of(0, 2),
                new DeleteRecordsHandler(lookup, ports.authorizer(), ports.metrics(), ports.timers()));
        registry.inline(
                ApiKey.OFFSET_FOR_LEADER_EPOCH,
                Versions.of(0, 4),
                new OffsetForLeaderEpochHandler(lookup, ports.authorizer(), ports.metrics()));
    }

    static ProduceHandler produce(PartitionLookup lookup, DataPorts ports) {
        return new ProduceHandler(new ProduceTools(
                lookup,
                new LeaderHints(lookup, ports.addresses()),
                ports.authorizer(),
                ports.quotas(),
                ports.metrics(),
                ports.clock(),
                ports.timers(),
                ports.codec(),
                ports.faults(),
                ports.allocator(),
                ports.transactions()));
    }

    static FetchHandler fetch(PartitionLookup lookup, DataPorts ports) {
        LeaderHints hints = new LeaderHints(lookup, ports.addresses());
        RecordCollector collector = new RecordCollector();
        FetchTools tools = new FetchTools(
                new FetchReader(lookup, ports.authorizer()),
                collector,
                new OldFormats(collector, ports.allocator()),
                new FetchAnswers(hints, ports.quotas(), ports.metrics()),
                ports.timers(),
                ports.diskIo());
        FetchSessions sessions = new FetchSessions(ports.fetchSessionSlots(), ports.random());
        return new FetchHandler(new FetchOpener(sessions), tools, ports.fetchMaxBytes(), ports.clock());
    }
}
