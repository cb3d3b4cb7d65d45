using System.Buffers;
using System.Text;
using Bot.Handlers;
using Bot.Handlers.Conversation;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Import;
using Bot.Host;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Bench.Micro;

/// <summary>What a whole turn costs in this process: decode, route, answer and encode, with the demo's guides in memory and no store.</summary>
internal static class TurnMicro
{
    public static async Task RunAsync(CallbackCodec clear, CallbackCodec safe)
    {
        var builder = Composition.NewBuilder([]);
        // Named, never called.
        builder.Configuration["ConnectionStrings:Postgres"] = "Host=127.0.0.1";
        await using var servers = await Servers.StartAsync(builder.Configuration, CancellationToken.None);
        builder.AddBot(servers);
        await using var app = builder.Build();
        await using var guides = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Demo", "policies.json"));
        app.Services.GetRequiredService<PolicyLibrary>().Replace(new((await PolicyImport.ReadJsonAsync(guides, CancellationToken.None)).Policies));

        var dispatcher = app.Services.GetRequiredService<Dispatcher>();
        foreach (var (name, words) in ((string, string)[])[("command", "帮助"), ("question", "我要办理居住证，需要什么材料？"), ("small talk", "我的订单怎么查询？ 编号100123")])
        {
            var message = CodecMicro.Text(words);
            Print($"plain {name}, routed", dispatcher, clear, CodecMicro.Signed(""), message);
            var (query, body) = CodecMicro.Sealed(safe, message);
            Print($"safe {name}, routed", dispatcher, safe, query, body);
        }
    }

    private static void Print(string name, Dispatcher dispatcher, CallbackCodec codec, CallbackQuery query, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var kept = new ArrayBufferWriter<byte>(4096);
        var sent = new ArrayBufferWriter<byte>(8192);
        Timing.Print(name, () =>
        {
            codec.Open(query, body, out var opened);
            var answered = dispatcher.DispatchAsync(opened.Message, Session.New, CancellationToken.None);
            if (!answered.IsCompletedSuccessfully)
                throw new InvalidOperationException($"{name} was not answered at once");
            kept.ResetWrittenCount();
            codec.WriteReply(opened.Message, answered.Result.Reply, opened.Envelope.Format, kept);
            sent.ResetWrittenCount();
            codec.Seal(kept.WrittenSpan, opened.Envelope, sent);
        });
    }
}
