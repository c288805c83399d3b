using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.VendorAccounts;

/// <summary>仅使用自有账号 (seed 003): every way in with accounts of ours is shut, and who is signed in goes on.</summary>
public sealed class OwnAccountsPolicyTests
{
    private const int NotOffered = 4031024;

    [Theory, BothDatabases]
    public async Task With_the_vendors_accounts_alone_ours_are_refused_once_the_corp_is_known(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        var before = await world.LoginAsync("o-before");
        await world.SetAsync(new Policies { OwnAccounts = false });
        var corp = world.Development.CorpId;
        (string Path, object Body)[] ways =
        [
            ("/v2/user_auth_third", new { source = 10, corp_id = corp, open_id = "o-1", access_token = world.Party.SignIn("o-1") }),
            ("/v2/user_auth_third_foreign", new { source = 7, corp_id = corp, open_id = "o-1", access_token = "t", oauth_version = "2.0" }),
            ("/v2/user/third/auth-bind-phone", new { source = 10, corp_id = corp, open_id = "o-1", access_token = "t", phone = "13838383388", verifycode = "123456" }),
            ("/v2/user_auth", new { corp_id = corp, phone = "13838383388", password = "Passw0rd" }),
            ("/v2/user_register/verifycode", new { corp_id = corp, phone = "13838383388" }),
            ("/v2/user_register/email_verifycode", new { corp_id = corp, email = "a@b.cn" }),
            ("/v2/user_register/captcha", new { corp_id = corp, phone = "13838383388" }),
            ("/v2/user_register", new { corp_id = corp, phone = "13838383388", verifycode = "123456", password = "Passw0rd" }),
            ("/v2/user/password/forgot", new { corp_id = corp, phone = "13838383388" }),
            ("/v2/user/password/foundback", new { corp_id = corp, phone = "13838383388", verifycode = "123456", new_password = "Passw0rd" }),
        ];
        foreach (var (path, body) in ways)
        {
            var answer = await world.PostAsync(path, body);
            Assert.True(answer.Code == NotOffered, $"{path}: {answer.Text}");
        }

        Assert.Equal(4041010, (await world.PostAsync("/v2/user_auth", new { corp_id = "nobody", phone = "13838383388", password = "Passw0rd" })).Code);
        Assert.Equal(1, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));

        // The vendor's people come in, and whoever is in goes on.
        var login = await world.VendorLoginAsync(vendor.Authorize("v-1"));
        Assert.Equal("0", login.ResultCode());
        Assert.Equal("0", (await world.VendorRefreshAsync(login.Text("refresh_token"))).ResultCode());
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{before.UserId}", accessToken: before.AccessToken)).Status);
        var renewed = await world.PostAsync("/v2/user/token/refresh", new { refresh_token = before.RefreshToken }, before.AccessToken);
        Assert.Equal(HttpStatusCode.OK, renewed.Status);
        var person = await world.VendorLoginAsync(vendor.Authorize("v-2"));
        var bound = await world.PostAsync(
            $"/v2/user/{person.Json.GetProperty("user_id").GetInt64()}/bind_third", new { source = 10, open_id = "o-9", access_token = world.Party.SignIn("o-9") }, person.Text("access_token"));
        Assert.Equal(HttpStatusCode.OK, bound.Status);

        await world.SetAsync(new Policies());
        Assert.Equal(HttpStatusCode.OK, (await world.PostAsync(ways[0].Path, ways[0].Body)).Status);
    }
}
