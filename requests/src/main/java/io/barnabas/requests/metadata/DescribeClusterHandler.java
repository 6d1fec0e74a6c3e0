package io.barnabas.requests.metadata;

import io.barnabas.cluster.BrokerImage;
import io.barnabas.cluster.MetadataImage;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.requests.InlineHandler;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.DescribeClusterRequest;
import io.barnabas.wire.message.DescribeClusterResponse;
import io.barnabas.wire.message.DescribeClusterResponse.DescribeClusterBroker;
import java.util.ArrayList;
import java.util.List;

/**
 * DescribeCluster, v0-v2: id, controller and brokers. v1 says whether brokers or controllers are asked for, and here
 * are only brokers; v2 asks for fenced brokers too, of which there are none with ZooKeeper.
 */
final class DescribeClusterHandler implements InlineHandler<DescribeClusterRequest, DescribeClusterResponse> {
    private static final byte BROKERS = 1;
    private static final byte CONTROLLERS = 2;

    private final MetadataPorts ports;

    DescribeClusterHandler(MetadataPorts ports) {
        this.ports = ports;
    }

    @Override
    public DescribeClusterResponse handle(RequestContext context, DescribeClusterRequest request) {
        if (request.endpointType() == CONTROLLERS) {
            return refused(
                    ErrorCode.MISMATCHED_ENDPOINT_TYPE,
                    "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER");
        } else if (request.endpointType() != BROKERS) {
            return refused(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, "Unsupported endpoint type " + request.endpointType());
        }
        MetadataImage image = ports.metadata().current();
        DescribeClusterResponse answer = new DescribeClusterResponse()
                .endpointType(request.endpointType())
                .clusterId(image.clusterId())
                .controllerId(image.controllerId())
                .brokers(brokers(context, image));
        if (request.includeClusterAuthorizedOperations()) {
            answer.clusterAuthorizedOperations(
                    ports.authorizer().allowsOnCluster(context, Operation.DESCRIBE)
                            ? ports.authorizer()
                                    .authorizedOperations(context, ResourceType.CLUSTER, ResourceType.CLUSTER_NAME)
                            : 0);
        }
        return answer;
    }

    private List<DescribeClusterBroker> brokers(RequestContext context, MetadataImage image) {
        List<DescribeClusterBroker> brokers = new ArrayList<>();
        for (BrokerImage broker : image.brokers().values()) {
            BrokerEndpoint endpoint = ports.addresses().of(context, broker.id());
            if (endpoint != null) {
                brokers.add(new DescribeClusterBroker()
                        .brokerId(broker.id())
                        .host(endpoint.host())
                        .port(endpoint.port())
                        .rack(broker.rack()));
            }
        }
        return brokers;
    }

    private DescribeClusterResponse refused(ErrorCode error, String message) {
        return new DescribeClusterResponse().errorCode(error.code()).errorMessage(message);
    }
}
