using System.Text.Json;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Faces.VendorAccount;

/// <param name="Version">Of production the number of the published version, from 1; 0 before, and in development.</param>
public sealed record SchemaReply(int Version, IReadOnlyList<SchemaAttribute> Attributes) : VendorAccountReply;

/// <param name="Type">In lower case with hyphens: <c>multi-enum</c>.</param>
/// <param name="ReadOnly">Users see it and cannot change it; app servers can.</param>
/// <param name="MaxLength">Of a string, in UTF-16 units.</param>
/// <param name="Pattern">A regular expression that the whole value matches.</param>
/// <param name="Min">Of a number, the bound itself allowed; so <paramref name="Max"/>.</param>
/// <param name="Options">Of an enum and a multi-enum alone.</param>
public sealed record SchemaAttribute(
    string Id, string Name, string? Description, string Type, bool Required, bool Unique, bool ReadOnly, int? MaxLength, string? Pattern, decimal? Min,
    decimal? Max, IReadOnlyList<SchemaOption>? Options);

/// <param name="Code">What travels.</param>
/// <param name="Label">What people read.</param>
public sealed record SchemaOption(string Code, string Label);

/// <summary><c>GET /account/v1/schema</c>, for app servers: the attributes of users in the app's own environment, from memory.</summary>
internal sealed class SchemaInForceRead(AppTokenService tokens, AttributeCatalog catalog) : BearerHandler<SchemaReply>(tokens), IDocumented
{
    public static Documentation Documentation => new("获取用户属性配置", "The schema in force")
    {
        Seed = "003, 用户属性配置",
        Text = "供应用服务端使用：应用所在环境生效的用户属性配置与版本号（开发环境为 0）。",
        Reply = """
            {"result_code":"0","message":"成功","version":0,"attributes":[{"id":"gender","name":"性别","type":"enum","required":false,"unique":false,"read_only":false,
             "options":[{"code":"1","label":"男"},{"code":"2","label":"女"}]}]}
            """,
        Demo = [new()],
    };

    protected override ValueTask<Outcome<SchemaReply>> HandleAsync(AppEntry app, FaceCall call)
    {
        var schema = catalog.Of(app.Environment.Id);
        return ValueTask.FromResult<Outcome<SchemaReply>>(new SchemaReply(schema.Number, [.. schema.Attributes.Select(Show)]));
    }

    private static SchemaAttribute Show(AttributeDefinition a) => new(
        a.Id, a.Name, a.Description, JsonNamingPolicy.KebabCaseLower.ConvertName(a.Type.ToString()), a.Required, a.Unique, a.ReadOnly, a.MaxLength, a.Pattern, a.Min, a.Max,
        a.Type is AttributeType.Enum or AttributeType.MultiEnum ? [.. a.Options.Select(o => new SchemaOption(o.Code, o.Label))] : null);
}
