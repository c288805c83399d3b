using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Projects;

/// <summary>The first calls of seed 002 as curl lines.</summary>
public sealed partial class QuickStart
{
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private ProjectCatalog Catalog { get; set; } = default!;
    [Inject] private IHostEnvironment Host { get; set; } = default!;

    [Parameter, EditorRequired] public required CredentialDetails Credential { get; set; }

    private List<(string Title, string Line)> Lines
    {
        get
        {
            var claim = $$"""{"source":10,"corp_id":"{{Catalog.Environment(Credential.EnvironmentId)?.CorpId}}","plugin_id":"{{Credential.AppKey}}","open_id":"OPEN_ID","access_token":"ACCESS_TOKEN"}""";
            List<(string, string)> lines =
            [
                (T["Quick.Check"], Post("v2/user/third/register_check", claim)),
                (T["Quick.Login"], Post("v2/user_auth_third", claim)),
                (T["Quick.User"], $"curl -sS {Navigate.BaseUri}v2/user/USER_ID \\\n  -H 'Access-Token: USER_ACCESS_TOKEN'"),
            ];
            return Host.IsDevelopment()
                ? [(T["Quick.Sandbox"], Post("sandbox/standard/issue", """{"open_id":"ming","nickname":"Ming"}""")), .. lines]
                : lines;
        }
    }

    private string Post(string path, string body) => $"curl -sS {Navigate.BaseUri}{path} \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'";
}
