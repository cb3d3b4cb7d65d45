using System.Data.Common;
using System.Security.Cryptography;
using Bot.Data.Articles;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresArticleFiles(NpgsqlDataSource db) : IArticleFiles
{
    private const string Columns = "id, name, type, octet_length(content), width, height";

    public async Task<ArticleFile> AddAsync(string name, string type, byte[] content, int? width, int? height, string by, CancellationToken ct)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        await db.RunAsync(
            """
            insert into article_file (id, name, type, content, width, height, added_by)
            values (@id, @name, @type, @content, @width, @height, @by)
            on conflict (id) do nothing
            """, new { id, name, type, content, width, height, by }, ct);
        return (await DescribeAsync([id], ct)).Single();
    }

    public async Task<IReadOnlyList<ArticleFile>> DescribeAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        var found = (await db.ReadAsync($"select {Columns} from article_file where id = any(@ids)", new { ids = ids.ToArray() }, Read, ct))
            .ToDictionary(file => file.Id, StringComparer.Ordinal);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    public async Task<(ArticleFile File, byte[] Content)?> ReadAsync(string id, CancellationToken ct)
    {
        var found = await db.ReadAsync(
            $"select {Columns}, content from article_file where id = @id", new { id }, row => (Read(row), row.GetFieldValue<byte[]>(6)), ct);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<bool> IsPublicAsync(string id, CancellationToken ct) => (await db.ReadAsync(
        """
        select exists (
            select from article_version v join article a on a.id = v.article and a.published_version = v.version
            where article_files(v.body, v.cover, v.attachments) @> array[@id] and a.withdrawn_at is null)
        """, new { id }, row => row.GetBoolean(0), ct)).Single();

    public async Task<(string? Url, string? MediaId)> OnWeChatAsync(string id, CancellationToken ct) => (await db.ReadAsync(
        "select wechat_url, wechat_media_id from article_file where id = @id", new { id },
        row => (row.Text(0), row.Text(1)), ct)).SingleOrDefault();

    public Task RememberAsync(string id, string? url, string? mediaId, CancellationToken ct) => db.RunAsync(
        """
        update article_file set wechat_url = coalesce(@url, wechat_url), wechat_media_id = coalesce(@mediaId, wechat_media_id)
        where id = @id
        """, new { id, url, mediaId }, ct);

    public Task ForgetAsync(IReadOnlyCollection<string> ids, CancellationToken ct) => db.RunAsync(
        "update article_file set wechat_url = null, wechat_media_id = null where id = any(@ids)", new { ids = ids.ToArray() }, ct);

    private static ArticleFile Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.Number(4), row.Number(5));
}
