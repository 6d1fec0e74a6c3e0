package io.barnabas.compat;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.EncodedFrame;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.InitProducerIdRequest;
import io.barnabas.wire.message.InitProducerIdResponse;
import io.barnabas.wire.message.ProduceRequest;
import io.barnabas.wire.message.ProduceRequest.PartitionProduceData;
import io.barnabas.wire.message.ProduceRequest.TopicProduceData;
import io.barnabas.wire.message.ProduceResponse;
import io.barnabas.wire.message.ProduceResponse.PartitionProduceResponse;
import io.barnabas.wire.message.ResponseHeader;
import io.barnabas.wire.record.RecordBatchBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a record in a transaction that no coordinator knows of, so that nobody will ever end it: what a late request of
 * a producer leaves behind in a broker which believes it.
 */
final class HangingTransaction {
    private static final short ALL = -1;
    private static final short INIT_VERSION = 0;
    private static final short PRODUCE_VERSION = 3;

    private HangingTransaction() {}

    /** Gives the offset of the record. */
    static long write(BrokerAddress broker, String topic, int partition, String value) throws IOException {
        String[] address = broker.address().split(":");
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            InitProducerIdResponse producer = ask(
                    socket,
                    INIT_VERSION,
                    new InitProducerIdRequest().transactionalId("left-hanging").transactionTimeoutMs(60_000));
            if (producer.errorCode() != 0) {
                throw new IOException(producer.toString());
            }
            ByteBuf batch = new RecordBatchBuilder(UnpooledByteBufAllocator.DEFAULT)
                    .producer(producer.producerId(), producer.producerEpoch(), 0)
                    .transactional()
                    .append(System.currentTimeMillis(), null, value.getBytes(StandardCharsets.UTF_8))
                    .build();
            ProduceResponse response = ask(
                    socket,
                    PRODUCE_VERSION,
                    new ProduceRequest()
                            .transactionalId("left-hanging")
                            .acks(ALL)
                            .timeoutMs(5_000)
                            .topicData(List.of(new TopicProduceData()
                                    .name(topic)
                                    .partitionData(List.of(new PartitionProduceData()
                                            .index(partition)
                                            .records(new RecordsRef.Buffer(batch)))))));
            PartitionProduceResponse written =
                    response.responses().get(0).partitionResponses().get(0);
            if (written.errorCode() != 0) {
                throw new IOException(written.toString());
            }
            return written.baseOffset();
        }
    }

    @SuppressWarnings("unchecked")
    private static <R extends ApiMessage> R ask(Socket socket, short version, ApiMessage request) throws IOException {
        EncodedFrame frame = EncodedFrame.request(1, "hanging", version, request, UnpooledByteBufAllocator.DEFAULT);
        for (Object part : frame.parts()) {
            ByteBuf bytes = (ByteBuf) part;
            bytes.getBytes(bytes.readerIndex(), socket.getOutputStream(), bytes.readableBytes());
        }
        frame.release();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        ByteReader reader = new ByteReader(Unpooled.wrappedBuffer(answer));
        ApiKey key = request.apiKey();
        ResponseHeader.read(reader, key.responseHeaderVersion(version));
        return (R) key.readResponse(reader, version);
    }
}
