using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Projects;

/// <summary>An app without the service is refused by every way in of the IoT face that names an app (4001137), and by none once it is enabled.</summary>
public sealed class ServiceGateTests
{
    private static readonly IReadOnlyDictionary<string, object> WaysIn = new Dictionary<string, object>
    {
        ["/v2/user/third/register_check"] = new { source = 10, open_id = "o", access_token = "t" },
        ["/v2/user_auth_third"] = new { source = 10, open_id = "o", access_token = "t" },
        ["/v2/user_auth_third_foreign"] = new { source = 4, open_id = "o", access_token = "t", oauth_version = "2.0" },
        ["/v2/user_register/verifycode"] = new { phone = "13838383388" },
        ["/v2/user/third/auth-bind-phone"] = new { source = 10, open_id = "o", access_token = "t", phone = "13838383388", verifycode = "123456" },
        ["/v2/user_auth"] = new { phone = "13838383388", password = "Test46525dff" },
        ["/v2/user_register/email_verifycode"] = new { email = "a@b.cn" },
        ["/v2/user_register"] = new { phone = "13838383388", verifycode = "123456", password = "Test46525dff" },
        ["/v2/user/password/forgot"] = new { phone = "13838383388" },
    };

    public static TheoryData<string> Paths => [.. WaysIn.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Refuses_an_app_until_the_service_is_enabled(string path)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var body = WaysIn[path].GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(WaysIn[path])!);
        body["corp_id"] = world.Development.CorpId;
        body["plugin_id"] = world.IdleAppKey;
        Assert.Equal(4001137, (await world.PostAsync(path, body)).Code);

        var apps = world.Get<AppService>();
        var idle = World.Value(await apps.ListAsync(Actor.Host, world.Development.ProjectId)).Single(a => a.Code == "crm");
        World.Done(await apps.EnableServiceAsync(Actor.Host, world.Development.ProjectId, idle.Id));
        Assert.NotEqual(4001137, (await world.PostAsync(path, body)).Code);
    }
}
