using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Bot.Bench.Load;

/// <summary>A process of ours, which ends with us: by its id, at the latest when it is disposed.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>In the kernel and out of it, all threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <exception cref="LoadException">The program is not there.</exception>
    public static Child Start(string program, IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            var child = new Child(Process.Start(start)!);
            child._process.OutputDataReceived += child.Hear;
            child._process.ErrorDataReceived += child.Hear;
            child._process.BeginOutputReadLine();
            child._process.BeginErrorReadLine();
            return child;
        }
        catch (Win32Exception)
        {
            throw new LoadException($"{program} was not found: install it (Debian: apt install {(program == "redis-server" ? "redis-server" : program)}).");
        }
    }

    /// <summary>What it printed, once it has ended.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return Said();
    }

    /// <summary>Asks until it says yes.</summary>
    /// <exception cref="LoadException">It ended, or a minute passed.</exception>
    public async Task ReadyAsync(Func<CancellationToken, Task<bool>> ask, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await ask(ct))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1))
                throw new LoadException($"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} does not serve:\n{Said()}");
            await Task.Delay(100, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
            _said.AppendLine(line.Data);
    }

    private string Said()
    {
        lock (_said)
            return _said.ToString();
    }
}
