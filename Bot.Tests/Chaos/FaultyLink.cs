using System.Net;
using System.Net.Sockets;

namespace Bot.Tests.Chaos;

/// <summary>A TCP link to a server that can be cut, and can fall silent without being cut, as cables and frozen machines do.</summary>
internal sealed class FaultyLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _server;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _silence;
    private volatile bool _cut;

    /// <param name="server">A loopback port, or the socket that PostgreSQL listens on.</param>
    public FaultyLink(EndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections break, and new ones are refused at once.</summary>
    public void Cut()
    {
        _cut = true;
        Break();
    }

    /// <summary>Nothing gets through any more, and nobody is told.</summary>
    public void FallSilent() => _silence ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Heal()
    {
        _cut = false;
        Interlocked.Exchange(ref _silence, null)?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        Heal();
        _listener.Stop();
        Break();
        await _accepting;
        _ended.Dispose();
    }

    private void Break()
    {
        lock (_gate)
        {
            foreach (var socket in _open)
                socket.Close(0);
            _open.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_ended.Token);
                _ = LinkAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task LinkAsync(Socket client)
    {
        if (_cut)
        {
            client.Close(0);
            return;
        }

        var server = _server is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        lock (_gate)
            _open.AddRange([client, server]);
        try
        {
            await server.ConnectAsync(_server, _ended.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut: whoever is at the ends sees it.
        }

        client.Close(0);
        server.Close(0);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _ended.Token) is > 0 and var read)
            {
                if (_silence is { } silence)
                    await silence.Task.WaitAsync(_ended.Token);
                await to.SendAsync(buffer.AsMemory(0, read), _ended.Token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }
}
