using System.ComponentModel;
using EyesonBridge.Management.Status;
using EyesonBridge.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EyesonBridge.Management.Api;

/// <summary><c>/api</c>: what the status page shows, for programs. Read only, and nothing in it is secret.</summary>
internal static class StatusApi
{
    public const string Prefix = "/api";

    private const string Rooms = "/rooms";

    public static void MapStatusApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Prefix).AddEndpointFilter(AnswerAsync);
        api.MapGet("/status", ReadStatusAsync)
            .WithSummary("How the bridge stands").WithDescription("Health, events a second, outbox, gaps, rooms by status, and replicas.").WithName("getStatus").WithTags("status")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet(Rooms, ReadRoomsAsync)
            .WithSummary("Rooms, a page at a time").WithDescription("By room id. Ask again with `next` as `after` until it is null.").WithName("getRooms").WithTags("rooms")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet(Rooms + "/{**roomId}", ReadRoomAsync)
            .WithSummary("A room").WithDescription("With the state of its meeting, its latest events (types and times only) and its latest gaps.").WithName("getRoom").WithTags("rooms")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        endpoints.MapOpenApi(ApiDocument.Path).AddEndpointFilter(AnswerAsync);
    }

    private static async Task<Ok<BridgeStatus>> ReadStatusAsync(StatusReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ReadAsync(cancellationToken));

    private static async Task<Results<Ok<RoomStatusPage>, ProblemHttpResult>> ReadRoomsAsync(
        StatusReader reader,
        [Description("Only rooms in one of these states, separated by commas.")] string? state = null,
        [Description("Only rooms of this account.")] string? account = null,
        [Description("Only rooms whose id or account contains this, in whatever case.")] string? q = null,
        [Description("Only rooms behind this id.")] string? after = null,
        [Description("How many rooms at most, from 1 to 1000; 100 if omitted.")] string? limit = null,
        CancellationToken cancellationToken = default) =>
        RoomQuestion.Read(state, account, q, after, limit, out var problem) is { } question
            ? TypedResults.Ok(await reader.ReadRoomsAsync(question.Filter, skip: 0, question.Limit, cancellationToken))
            : TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<RoomDetails>, ProblemHttpResult>> ReadRoomAsync(
        HttpContext http, StatusReader reader, [Description("Id of the room.")] string roomId, CancellationToken cancellationToken)
    {
        var id = IdIn(http) ?? roomId;
        return await reader.ReadRoomAsync(id, cancellationToken) is { } room
            ? TypedResults.Ok(room)
            : TypedResults.Problem($"There is no room '{id}' here: it was never registered, or was removed after its observation was over.", statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>The id as it was asked for: of what is escaped in a path, the server leaves slashes as they are.</summary>
    private static string? IdIn(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        const string Before = Prefix + Rooms + "/";
        return target.StartsWith(Before, StringComparison.OrdinalIgnoreCase)
            ? Uri.UnescapeDataString(target[Before.Length..].Split('?')[0])
            : null;
    }

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            return await next(context);
        }
        catch (StoreException unreadable)
        {
            return TypedResults.Problem($"The store cannot be read: {unreadable.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
