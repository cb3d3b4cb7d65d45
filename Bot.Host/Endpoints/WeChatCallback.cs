using System.Buffers;
using Bot.Handlers;
using Bot.Host.Delivery;
using Bot.Host.Operation;
using Bot.WeChat;
using Microsoft.AspNetCore.WebUtilities;

namespace Bot.Host.Endpoints;

/// <summary>Where WeChat knocks: GET proves that the address is ours, POST brings one message.</summary>
/// <remarks>Written close to the pipes: every message of the city comes through here.</remarks>
internal static class WeChatCallback
{
    public const int MaxBodyBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_sealed;

    extension(IEndpointRouteBuilder app)
    {
        public void MapWeChatCallback()
        {
            // What it needs lives as long as the process: a scope for each message would be made for nothing.
            var services = app.ServiceProvider;
            app.MapGet("/wechat/callback", context => VerifyAsync(services, context)).ShortCircuit();
            // Counted in figures of its own, see BotMetrics.
            app.MapPost("/wechat/callback", context => ReceiveAsync(services, context)).ShortCircuit().DisableHttpMetrics();
        }
    }

    private static Task VerifyAsync(IServiceProvider services, HttpContext context)
    {
        var query = Query(context.Request, out var echo);
        if (!services.GetRequiredService<CallbackCodec>().Verifies(query))
        {
            services.GetRequiredService<BotMetrics>().Refused();
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(echo ?? "");
    }

    private static async Task ReceiveAsync(IServiceProvider services, HttpContext context)
    {
        using var activity = Tracing.Source.StartActivity(Tracing.Callback);
        var (request, response) = (context.Request, context.Response);
        var codec = services.GetRequiredService<CallbackCodec>();
        if (request.ContentLength > MaxBodyBytes)
        {
            Refuse(services, context, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        var (read, tooLong) = await ReadAsync(request);
        if (tooLong)
        {
            Refuse(services, context, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        var fault = Open(codec, request, read, out var opened);
        if (fault != CallbackFault.None)
        {
            Refuse(services, context, fault.Status);
            return;
        }

        var inbox = services.GetRequiredService<Inbox>();
        var reply = await inbox.ReceiveAsync(opened.Message, opened.Envelope.Format);
        response.ContentType = opened.Envelope.Format is DataFormat.Json ? "application/json; charset=utf-8" : "text/xml; charset=utf-8";
        if (opened.Envelope.Encrypted)
        {
            WriteSealed(codec, reply.Span, opened.Envelope, response);
        }
        else
        {
            response.ContentLength = reply.Length;
            response.BodyWriter.Write(reply.Span);
        }
    }

    // Between two buffers of the thread, since its length stands before it.
    private static void WriteSealed(CallbackCodec codec, ReadOnlySpan<byte> reply, Envelope envelope, HttpResponse response)
    {
        var output = t_sealed ??= new(2048);
        output.ResetWrittenCount();
        codec.Seal(reply, envelope, output);
        response.ContentLength = output.WrittenCount;
        response.BodyWriter.Write(output.WrittenSpan);
    }

    private static CallbackFault Open(CallbackCodec codec, HttpRequest request, ReadOnlySequence<byte> body, out Opened opened)
    {
        var query = Query(request, out _);
        var fault = body.IsSingleSegment ? codec.Open(query, body.FirstSpan, out opened) : codec.Open(query, body.ToArray(), out opened);
        request.BodyReader.AdvanceTo(body.End);
        return fault;
    }

    private static async ValueTask<(ReadOnlySequence<byte> Body, bool TooLong)> ReadAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.Buffer.Length > MaxBodyBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return (default, true);
            }

            if (read.IsCompleted)
                return (read.Buffer, false);
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // The framework's own query dictionary costs more than the whole decoding of a message.
    private static CallbackQuery Query(HttpRequest request, out string? echo)
    {
        string? signature = null, timestamp = null, nonce = null, encryptType = null, msgSignature = null;
        echo = null;
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            switch (pair.EncodedName.Span)
            {
                case "signature":
                    signature = pair.DecodeValue().ToString();
                    break;
                case "timestamp":
                    timestamp = pair.DecodeValue().ToString();
                    break;
                case "nonce":
                    nonce = pair.DecodeValue().ToString();
                    break;
                case "encrypt_type":
                    encryptType = pair.DecodeValue().ToString();
                    break;
                case "msg_signature":
                    msgSignature = pair.DecodeValue().ToString();
                    break;
                case "echostr":
                    echo = pair.DecodeValue().ToString();
                    break;
            }
        }

        return new(signature, timestamp, nonce, encryptType, msgSignature);
    }

    private static void Refuse(IServiceProvider services, HttpContext context, int status)
    {
        services.GetRequiredService<BotMetrics>().Refused();
        context.Response.StatusCode = status;
    }
}
