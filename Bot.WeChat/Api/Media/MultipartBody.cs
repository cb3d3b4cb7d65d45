using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Bot.WeChat.Api;

/// <summary>
/// One file, and for videos a text, as <c>multipart/form-data</c>. Written by hand: .NET's own writes an unquoted name, adds
/// <c>filename*</c>, encodes Chinese names as mail does and quotes the boundary, none of which upload servers like.
/// </summary>
internal sealed class MultipartBody : RequestBody
{
    private readonly MediaFile _file;
    private readonly string _boundary;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    /// <param name="description">JSON for the part of that name; null: no such part.</param>
    public MultipartBody(MediaFile file, string? description = null)
        : this(file, description, "----bot" + RandomNumberGenerator.GetHexString(24, lowercase: true))
    {
    }

    internal MultipartBody(MediaFile file, string? description, string boundary)
    {
        (_file, _boundary) = (file, boundary);
        var text = description is null
            ? ""
            : $"--{boundary}\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n{description}\r\n";
        _head = Encoding.UTF8.GetBytes(
            $"{text}--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"{AsciiName(file.Name)}\"\r\n"
            + $"Content-Type: {Header(file.ContentType)}\r\n\r\n");
        _tail = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
    }

    public override SentContent Open() => new Content(this);

    public override void Dispose()
    {
    }

    // Quotes, line breaks and whatever else could end the header early are not letters, so they go too.
    private static string AsciiName(string name)
    {
        var kept = new StringBuilder(name.Length);
        foreach (var c in Path.GetFileName(name))
            kept.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        var ascii = kept.Length > 80 ? kept.ToString(kept.Length - 80, 80) : kept.ToString();
        return ascii.Trim('_', '.').Length == 0 ? "file" : ascii;
    }

    private static string Header(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType! : "application/octet-stream";

    private sealed class Content : SentContent
    {
        private readonly MultipartBody _body;

        public Content(MultipartBody body)
        {
            _body = body;
            Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={body._boundary}");
        }

        protected override async Task WriteAsync(Stream stream, CancellationToken ct)
        {
            await stream.WriteAsync(_body._head, ct);
            await using (var file = _body._file.Open())
                await file.CopyToAsync(stream, ct);
            await stream.WriteAsync(_body._tail, ct);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body._head.Length + _body._file.Length + _body._tail.Length;
            return true;
        }
    }
}
