package io.barnabas.requests.data;

import io.barnabas.requests.ApiException;
import io.barnabas.requests.Operation;
import io.barnabas.requests.PipelinedHandler;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Produce, v0-v13: appends batches to partitions that this broker leads. v0-v2 may bring the formats 0 and 1, which are
 * converted; v1 throttle time, v2 the log append time, v3 transactional ids, v5 the log start offset, v7 zstd, v8 the
 * records at fault, v10 endpoints of new leaders, v13 topic ids.
 */
public final class ProduceHandler implements PipelinedHandler<ProduceRequest, ProduceResponse> {
    private final ProduceTools tools;

    ProduceHandler(ProduceTools tools) {
        this.tools = tools;
    }

    @Override
    public Outcome<ProduceResponse> handle(RequestContext context, ProduceRequest request) {
        if (hasTransactionalBatches(request) && !mayUseTransactionalId(context, request.transactionalId())) {
            throw new ApiException(
                    ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, "transactional records need a transactional id");
        }
        return new ProduceRun(context, request, tools).start();
    }

    private boolean mayUseTransactionalId(RequestContext context, String transactionalId) {
        return transactionalId != null
                && tools.authorizer().allows(context, Operation.WRITE, ResourceType.TRANSACTIONAL_ID, transactionalId);
    }

    private static boolean hasTransactionalBatches(ProduceRequest request) {
        List<TopicProduceData> topics = request.topicData();
        for (int i = 0; i < topics.size(); i++) {
            List<PartitionProduceData> partitions = topics.get(i).partitionData();
            for (int j = 0; j < partitions.size(); j++) {
                if (partitions.get(j).records() instanceof RecordsRef.Buffer records
                        && isTransactional(records.bytes())) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean isTransactional(ByteBuf records) {
        int at = records.readerIndex();
        return records.readableBytes() >= BatchHeader.HEADER_BYTES
                && BatchHeader.magic(records, at) == BatchHeader.MAGIC_V2
                && BatchHeader.isTransactional(records, at);
    }
}
