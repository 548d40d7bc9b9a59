using System.Diagnostics;
using MassTransit;
using MassTransit.Logging;

namespace EyesonBridge.Control;

/// <summary>What tells who asked to what an answer belongs: the trace of the request, and the property <c>correlation_id</c>.</summary>
internal static class AnswerMarks
{
    /// <summary>Puts them on an answer.</summary>
    public static void Put(ConsumeContext request, SendContext answer)
    {
        if ((Activity.Current?.Id ?? CommandTrace.Of(request)) is { } trace)
        {
            answer.Headers.Set(CommandTrace.TraceParent, trace);
            answer.Headers.Set(DiagnosticHeaders.ActivityId, trace); // MassTransit looks here, and nowhere else
        }

        var asked = request.ReceiveContext.TryGetPayload(out RabbitMqBasicConsumeContext? delivery) ? delivery.Properties.CorrelationId : null;
        if (string.IsNullOrEmpty(asked) || Guid.TryParse(asked, out _))
            answer.CorrelationId = Guid.TryParse(asked, out var id) ? id : request.RequestId;
        else if (answer.TryGetPayload(out RabbitMqSendContext? rabbit))
            rabbit.BasicProperties.CorrelationId = asked; // who does not use MassTransit can have any text there
    }
}
