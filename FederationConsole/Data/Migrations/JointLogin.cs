using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Seed 000: users' login codes, what app servers say of users, families of app tokens.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000011_JointLogin")]
internal sealed class JointLogin : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "JointCodes",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                UserId = table.Column<long>(nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
                Administrator = table.Column<string>(maxLength: 128, nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                RedeemedAt = table.Column<long>(nullable: true),
                Address = table.Column<string>(maxLength: 64, nullable: true),
                SessionId = table.Column<long>(nullable: true),
                Site = table.Column<string>(maxLength: 300, nullable: true),
                SiteSessionId = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_JointCodes", row => row.Id);
                table.ForeignKey("FK_JointCodes_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_JointCodes_Hash", "JointCodes", "Hash", unique: true);
        migrationBuilder.CreateIndex("IX_JointCodes_EnvironmentId_Id", "JointCodes", ["EnvironmentId", "Id"]);
        migrationBuilder.CreateIndex("IX_JointCodes_UserId", "JointCodes", "UserId");
        migrationBuilder.CreateIndex("IX_JointCodes_SessionId", "JointCodes", "SessionId", filter: "\"SessionId\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_JointCodes_SiteSessionId", "JointCodes", "SiteSessionId", filter: "\"SiteSessionId\" IS NOT NULL");

        migrationBuilder.CreateTable(
            name: "AccountDetails",
            columns: table => new
            {
                UserId = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Source = table.Column<int>(nullable: false),
                UnverifiedPhone = table.Column<string>(maxLength: 20, nullable: true),
                UnverifiedEmail = table.Column<string>(maxLength: 254, nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AccountDetails", row => row.UserId);
                table.ForeignKey("FK_AccountDetails_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "AppTokenFamilies",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                Generation = table.Column<int>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                EndedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AppTokenFamilies", row => row.Id);
                table.ForeignKey("FK_AppTokenFamilies_Apps_AppId", row => row.AppId, "Apps", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_AppTokenFamilies_ExpiresAt", "AppTokenFamilies", "ExpiresAt");
        migrationBuilder.CreateIndex("IX_AppTokenFamilies_AppId", "AppTokenFamilies", "AppId");
    }
}
